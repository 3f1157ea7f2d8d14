package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;

/**
 * Writes an application's status with one patch, bound to the application's UID: a decision about
 * an application that was deleted meanwhile must not reach its successor of the same name.
 */
final class StatusWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusWriter() {}

  /** Writes, and lets the next decision know already. */
  static void write(SparkApp app, SparkAppStatus after, Context<SparkApp> context) {
    SparkApp written =
        context
            .getClient()
            .resources(SparkApp.class)
            .inNamespace(app.getMetadata().getNamespace())
            .withName(app.getMetadata().getName())
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), patch(app, after).toString());
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(written), written, app);
  }

  /** A merge patch removes a field only by an explicit null. */
  static ObjectNode patch(SparkApp app, SparkAppStatus after) {
    ObjectNode status = JSON.valueToTree(after);
    JsonNode before = JSON.valueToTree(app.getStatus());
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!status.has(name)) {
                status.putNull(name);
              }
            });
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("uid", app.getMetadata().getUid());
    patch.set("status", status);
    return patch;
  }
}
