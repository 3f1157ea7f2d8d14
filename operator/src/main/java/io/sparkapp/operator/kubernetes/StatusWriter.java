package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * Writes the status of an application, a schedule or a queue with one patch that is bound to its
 * UID: a decision about one that was deleted meanwhile must not reach its successor of the same
 * name.
 */
final class StatusWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusWriter() {}

  /** Writes, and lets the next decision know already. */
  static <S, R extends CustomResource<?, S>> void write(R resource, S after, Context<R> context) {
    R written =
        context
            .getClient()
            .resource(resource)
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON), patch(resource, after).toString());
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(written), written, resource);
  }

  /**
   * The status as a whole, after a test. A merge patch could not ask for the UID: of what is
   * written to a status, the API server drops the metadata without a word.
   */
  private static ArrayNode patch(CustomResource<?, ?> resource, Object after) {
    ArrayNode patch = JSON.createArrayNode();
    patch
        .addObject()
        .put("op", "test")
        .put("path", "/metadata/uid")
        .put("value", resource.getMetadata().getUid());
    patch.addObject().put("op", "add").put("path", "/status").set("value", JSON.valueToTree(after));
    return patch;
  }
}
