package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Metadata of objects that go when their SparkApp goes, labelled as the operator's own are. */
final class Owned {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Owned() {}

  static ObjectNode metadata(JsonNode app, String name) {
    String appName = app.at("/metadata/name").asText();
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("name", name);
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/managed-by", "sparkapp-operator")
        .put("sparkapp.io/app", appName)
        .put("sparkapp.io/attempt", "1");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "sparkapp.io/v1alpha1")
        .put("kind", "SparkApp")
        .put("name", appName)
        .put("uid", app.at("/metadata/uid").asText());
    return metadata;
  }
}
