package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * The API server. The JDK's client keeps the driver free of a Kubernetes client, whose classes
 * would cost more start-up time than all that is asked here, and could collide with those that
 * Spark ships.
 */
final class ApiServer {

  /** What a request's {@code Authorization} is; empty when a client certificate says it all. */
  @FunctionalInterface
  interface Credentials {
    Optional<String> authorization() throws IOException;

    /** They were not accepted: what was kept of them is of no use any more. */
    default void refused() {}
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;

  private final URI base;
  private final Credentials credentials;
  private final HttpClient http;

  ApiServer(URI base, SSLContext tls, Credentials credentials) {
    this.base = base;
    this.credentials = credentials;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(tls)
            .build();
  }

  /** As a pod sees it; the kubelet renews the token, so it is read anew each time. */
  static ApiServer ofPod(URI base, Path serviceAccountDir) {
    Path token = serviceAccountDir.resolve("token");
    return new ApiServer(
        base,
        Tls.trusting(serviceAccountDir.resolve("ca.crt")),
        () -> Optional.of("Bearer " + Files.readString(token).strip()));
  }

  URI uri() {
    return base;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return call(request(path).GET());
  }

  JsonNode post(String path, JsonNode object) throws IOException, InterruptedException {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(object.toString())));
  }

  /** A merge patch (RFC 7386); returns the object as it is then. */
  JsonNode patch(String path, JsonNode mergePatch) throws IOException, InterruptedException {
    return call(
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(mergePatch.toString())));
  }

  /** Opens a watch; the stream has one JSON event a line. */
  InputStream watch(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response =
          http.send(
              request(path).GET().timeout(CALL_TIMEOUT).build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unreachable(e);
    }
    if (response.statusCode() != OK) {
      try (InputStream body = response.body()) {
        throw refused(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) throws IOException {
    // A server behind a proxy may have a path of its own.
    String prefix = base.getPath() == null ? "" : base.getPath().replaceAll("/+$", "");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(prefix + path)).header("Accept", "application/json");
    credentials.authorization().ifPresent(value -> builder.header("Authorization", value));
    return builder;
  }

  private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = answer(request.timeout(CALL_TIMEOUT).build());
    if (response.statusCode() != OK && response.statusCode() != CREATED) {
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
        http.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(2 * CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The API server's answer stopped midway.", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** The JDK's own exceptions often have no words. */
  private IOException unreachable(Throwable cause) {
    String words =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new IOException("The API server at " + base + " can not be reached: " + words, cause);
  }

  private RefusedException refused(int code, String body) {
    if (code == UNAUTHORIZED) {
      credentials.refused();
    }
    String message = body;
    try {
      message = JSON.readTree(body).path("message").asText(body);
    } catch (IOException e) {
      // Not a Kubernetes status: what was said stands as it is.
      message = body;
    }
    return new RefusedException(code, message.strip());
  }
}
