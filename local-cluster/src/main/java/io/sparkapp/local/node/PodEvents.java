package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of pods, as {@code kubectl describe} shows them. An event that comes again counts up.
 * An event that can't be written is lost; nothing depends on it.
 */
final class PodEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PodEvents.class);
  private static final int REMEMBERED = 1000;

  private record Key(String uid, String fieldPath, String reason, String message) {}

  private final KubernetesClient client;
  private final String nodeName;
  private final Clock clock;
  private final Executor executor;
  private final Map<Key, Event> written =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Event> eldest) {
          return size() > REMEMBERED;
        }
      };

  PodEvents(KubernetesClient client, String nodeName, Clock clock, Executor executor) {
    this.client = client;
    this.nodeName = nodeName;
    this.clock = clock;
    // One after the other: an event that comes again must find the first one.
    this.executor = new SerialExecutor(executor);
  }

  void normal(Pod pod, Container container, String reason, String message) {
    executor.execute(() -> write(pod, fieldPath(container), "Normal", reason, message));
  }

  void warning(Pod pod, Container container, String reason, String message) {
    executor.execute(() -> write(pod, fieldPath(container), "Warning", reason, message));
  }

  void warning(Pod pod, String reason, String message) {
    executor.execute(() -> write(pod, null, "Warning", reason, message));
  }

  private static String fieldPath(Container container) {
    return "spec.containers{" + container.getName() + "}";
  }

  private void write(Pod pod, String fieldPath, String type, String reason, String message) {
    Key key = new Key(pod.getMetadata().getUid(), fieldPath, reason, message);
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    Event known = written.get(key);
    try {
      if (known == null) {
        written.put(key, create(pod, fieldPath, type, reason, message, now));
      } else {
        Event again =
            new EventBuilder(known).withCount(known.getCount() + 1).withLastTimestamp(now).build();
        written.put(key, client.resource(again).update());
      }
    } catch (KubernetesClientException e) {
      written.remove(key);
      LOG.debug("The event {} of pod {} is lost.", reason, pod.getMetadata().getName(), e);
    }
  }

  private Event create(
      Pod pod, String fieldPath, String type, String reason, String message, String now) {
    String namespace = pod.getMetadata().getNamespace();
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(pod.getMetadata().getName() + "." + id)
            .endMetadata()
            .withInvolvedObject(reference(pod, fieldPath))
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource("kubelet", nodeName)
            .withReportingComponent("kubelet")
            .withReportingInstance(nodeName)
            .build();
    return client.resource(event).create();
  }

  private static ObjectReference reference(Pod pod, String fieldPath) {
    return new ObjectReferenceBuilder()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .withResourceVersion(pod.getMetadata().getResourceVersion())
        .withFieldPath(fieldPath)
        .build();
  }
}
