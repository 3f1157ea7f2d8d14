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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one object that a driver may touch: get, patch, watch. */
final class ExecutorRequestClient implements RequestWatcher.Source {

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

  @Override
  public JsonNode get() throws IOException, InterruptedException {
    return call(apiServer.request(collection + "/" + name).GET());
  }

  /** Sends a merge patch and returns the object as it is then, the operator's side included. */
  JsonNode patch(JsonNode mergePatch) throws IOException, InterruptedException {
    return call(
        apiServer
            .request(collection + "/" + name)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(mergePatch.toString())));
  }

  /**
   * Opens a watch on the object; the stream has one JSON event a line and ends by itself after
   * {@code atMost}.
   */
  @Override
  public InputStream watch(String resourceVersion, Duration atMost)
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
    HttpResponse<String> response = answer(request.timeout(CALL_TIMEOUT).build());
    if (response.statusCode() != OK) {
      throw refused(response.statusCode(), response.body());
    }
    return JSON.readTree(response.body());
  }

  /**
   * The JDK's own timeout ends with the headers; a body that stops midway would hold us for ever.
   */
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        apiServer.http().sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(2 * CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The API server's answer stopped midway.", e);
    } finally {
      answer.cancel(true);
    }
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
