package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** The SparkApps of a namespace. What the API server refuses becomes a sentence for the user. */
final class SparkApps {

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

  /** Creates what belongs to a SparkApp: its driver's Secret. */
  void createSecret(JsonNode secret) throws IOException, InterruptedException {
    try {
      apiServer.post(ResourcePaths.secrets(namespace), secret);
    } catch (RefusedException e) {
      throw sentence("given a Secret", e);
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
