package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler's events. One that can't be written is lost; nothing depends on it. */
record SchedulerEvents(KubernetesClient client) {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerEvents.class);
  private static final String COMPONENT = "default-scheduler";

  void normal(Pod pod, String reason, String message) {
    write(pod, "Normal", reason, message);
  }

  void warning(Pod pod, String reason, String message) {
    write(pod, "Warning", reason, message);
  }

  private void write(Pod pod, String type, String reason, String message) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName() + "." + id)
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endInvolvedObject()
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource(COMPONENT, null)
            .withReportingComponent(COMPONENT)
            .withReportingInstance(COMPONENT)
            .build();
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.debug("The event {} of pod {} is lost.", reason, pod.getMetadata().getName(), e);
    }
  }
}
