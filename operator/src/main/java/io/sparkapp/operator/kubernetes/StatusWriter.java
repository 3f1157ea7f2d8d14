package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * Writes the status of an application, or of a schedule, with one patch that is bound to its UID: a
 * decision about one that was deleted meanwhile must not reach its successor of the same name.
 */
final class StatusWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusWriter() {}

  /** Writes, and lets the next decision know already. */
  static <S, R extends CustomResource<?, S>> void write(R resource, S after, Context<R> context) {
    @SuppressWarnings("unchecked")
    Class<R> kind = (Class<R>) resource.getClass();
    R written =
        context
            .getClient()
            .resources(kind)
            .inNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), patch(resource, after).toString());
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(written), written, resource);
  }

  /** A merge patch removes a field only by an explicit null. */
  private static ObjectNode patch(CustomResource<?, ?> resource, Object after) {
    ObjectNode status = JSON.valueToTree(after);
    JsonNode before = JSON.valueToTree(resource.getStatus());
    before
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!status.has(name)) {
                status.putNull(name);
              }
            });
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("uid", resource.getMetadata().getUid());
    patch.set("status", status);
    return patch;
  }
}
