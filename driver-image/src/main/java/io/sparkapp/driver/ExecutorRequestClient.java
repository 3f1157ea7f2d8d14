package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The one object that a driver may touch: get, patch, watch. */
final class ExecutorRequestClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final ApiServer apiServer;
  private final String collection;
  private final String name;

  ExecutorRequestClient(ApiServer apiServer, String namespace, String name) {
    this.apiServer = apiServer;
    this.collection = "/apis/sparkapp.io/v1alpha1/namespaces/" + namespace + "/executorrequests";
    this.name = name;
  }

  JsonNode get() throws IOException, InterruptedException {
    return call(apiServer.request(collection + "/" + name).GET());
  }

  void patch(JsonNode mergePatch) throws IOException, InterruptedException {
    call(
        apiServer
            .request(collection + "/" + name)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(mergePatch.toString())));
  }

  /**
   * Opens a watch on the object; the stream has one JSON event a line and ends by itself after
   * {@code atMost}.
   */
  InputStream watch(String resourceVersion, Duration atMost)
      throws IOException, InterruptedException {
    String query =
        "?watch=true&allowWatchBookmarks=true&fieldSelector="
            + URLEncoder.encode("metadata.name=" + name, StandardCharsets.UTF_8)
            + "&resourceVersion="
            + resourceVersion
            + "&timeoutSeconds="
            + atMost.toSeconds();
    HttpResponse<InputStream> response =
        apiServer
            .http()
            .send(
                apiServer.request(collection + query).GET().timeout(CALL_TIMEOUT).build(),
                BodyHandlers.ofInputStream());
    if (response.statusCode() != OK) {
      try (InputStream body = response.body()) {
        throw refused(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        apiServer.http().send(request.timeout(CALL_TIMEOUT).build(), BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw refused(response.statusCode(), response.body());
    }
    return JSON.readTree(response.body());
  }

  private IOException refused(int code, String body) {
    String message = body;
    try {
      message = JSON.readTree(body).path("message").asText(body);
    } catch (IOException e) {
      // Not a Kubernetes status: what was said stands as it is.
      message = body;
    }
    return new IOException("ExecutorRequest " + name + ": " + code + " " + message.strip());
  }
}
