package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The one object by which a driver talks to the operator: get, patch, watch. */
final class ExecutorRequestClient implements RequestWatcher.Source {

  private final ApiServer apiServer;
  private final String collection;
  private final String name;

  ExecutorRequestClient(ApiServer apiServer, String namespace, String name) {
    this.apiServer = apiServer;
    this.collection = ResourcePaths.executorRequests(namespace);
    this.name = name;
  }

  @Override
  public Optional<JsonNode> get() throws IOException, InterruptedException {
    try {
      return Optional.of(apiServer.get(collection + "/" + name));
    } catch (RefusedException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw named(e);
    }
  }

  /** Sends a merge patch and returns the object as it is then, the operator's side included. */
  JsonNode patch(JsonNode mergePatch) throws IOException, InterruptedException {
    try {
      return apiServer.patch(collection + "/" + name, mergePatch);
    } catch (RefusedException e) {
      throw named(e);
    }
  }

  @Override
  public InputStream watch(Optional<String> resourceVersion, Duration atMost)
      throws IOException, InterruptedException {
    String query =
        "?watch=true&allowWatchBookmarks=true&fieldSelector="
            + URLEncoder.encode("metadata.name=" + name, StandardCharsets.UTF_8)
            + resourceVersion.map(version -> "&resourceVersion=" + version).orElse("")
            + "&timeoutSeconds="
            + atMost.toSeconds();
    try {
      return apiServer.watch(collection + query);
    } catch (RefusedException e) {
      throw named(e);
    }
  }

  private IOException named(RefusedException e) {
    return new IOException("ExecutorRequest " + name + ": " + e.getMessage(), e);
  }
}
