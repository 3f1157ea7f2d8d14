package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The SparkApps of a namespace. What the API server refuses becomes a sentence for the user. */
final class SparkApps {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COLLECTION = Duration.ofSeconds(20);
  private static final int LOOKS = 40;

  private final ApiServer apiServer;
  private final String namespace;
  private final String collection;

  SparkApps(ApiServer apiServer, String namespace) {
    this.apiServer = apiServer;
    this.namespace = namespace;
    this.collection = ResourcePaths.sparkApps(namespace);
  }

  String namespace() {
    return namespace;
  }

  /** Empty when there is none of that name. */
  Optional<JsonNode> get(String name) throws IOException, InterruptedException {
    try {
      return Optional.of(apiServer.get(collection + "/" + name));
    } catch (RefusedException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw sentence("read", e);
    }
  }

  /** Empty when there is one of that name already. */
  Optional<JsonNode> create(JsonNode app) throws IOException, InterruptedException {
    try {
      return Optional.of(apiServer.post(collection, app));
    } catch (RefusedException e) {
      if (e.isConflict()) {
        return Optional.empty();
      }
      throw sentence("created", e);
    }
  }

  JsonNode patch(String name, JsonNode mergePatch) throws IOException, InterruptedException {
    try {
      return apiServer.patch(collection + "/" + name, mergePatch);
    } catch (RefusedException e) {
      throw sentence("changed", e);
    }
  }

  /** Ends a SparkApp for good. */
  void kill(JsonNode app, String reason) throws IOException, InterruptedException {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("spec").put("kill", reason);
    patch(app.at("/metadata/name").asText(), patch);
  }

  /**
   * Creates what belongs to a SparkApp: its driver's Secret. One of an earlier SparkApp of that
   * name is waited for: the garbage collector is about to take it.
   */
  void createSecret(JsonNode secret) throws IOException, InterruptedException {
    long until = System.nanoTime() + COLLECTION.toNanos();
    while (true) {
      try {
        apiServer.post(ResourcePaths.secrets(namespace), secret);
        return;
      } catch (RefusedException e) {
        if (!e.isConflict() || System.nanoTime() - until > 0) {
          throw sentence("given a Secret", e);
        }
        TimeUnit.MILLISECONDS.sleep(COLLECTION.toMillis() / LOOKS);
      }
    }
  }

  private IOException sentence(String verb, RefusedException e) {
    if (e.isNotFound()) {
      return new IOException(
          "The cluster at "
              + apiServer.uri()
              + " knows no SparkApps or has no namespace "
              + namespace
              + ": is the operator installed there? ("
              + e.reason()
              + ")",
          e);
    }
    if (e.isForbidden()) {
      return new IOException(
          "SparkApps can not be "
              + verb
              + " in namespace "
              + namespace
              + " with these credentials: ask for a RoleBinding there to the operator's"
              + " ClusterRole for clients. ("
              + e.reason()
              + ")",
          e);
    }
    return new IOException("The SparkApp can not be " + verb + ": " + e.reason(), e);
  }
}
