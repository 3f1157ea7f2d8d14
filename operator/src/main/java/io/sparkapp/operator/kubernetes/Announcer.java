package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.operator.applicationmaster.Action;
import io.sparkapp.operator.applicationmaster.Names;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events. An event's name is made of what it says, so that an operator that was killed after
 * it said something does not say it again. Of one reason about one object there are not many.
 */
public final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  /** Where Kubernetes keeps events about what is in no namespace. */
  private static final String OF_THE_CLUSTER = "default";

  private static final int LONGEST_MESSAGE = 1024;

  private final EventBudget budget = new EventBudget();
  private final KubernetesClient client;
  private final Clock clock;

  public Announcer(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** An event that can not be written holds nothing up; status says the same. */
  void announce(HasMetadata about, Action.Announce announce) {
    if (!budget.takes(about.getMetadata().getUid(), announce.reason().name(), clock.instant())) {
      LOG.debug("Event {} was not written: there are too many.", announce.reason());
      return;
    }
    try {
      client.v1().events().resource(event(about, announce)).create();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isAlreadyThere(e)) {
        LOG.warn("Event {} was not written: {}", announce.reason(), e.getMessage());
      }
    }
  }

  private Event event(HasMetadata about, Action.Announce announce) {
    String uid = about.getMetadata().getUid();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String message = announce.message();
    return new EventBuilder()
        .withNewMetadata()
        .withName(
            about.getMetadata().getName()
                + "."
                + Integer.toHexString(Objects.hash(uid, announce.reason().name(), message)))
        .withNamespace(
            Objects.requireNonNullElse(about.getMetadata().getNamespace(), OF_THE_CLUSTER))
        .endMetadata()
        .withInvolvedObject(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(about.getMetadata().getNamespace())
                .withUid(uid)
                .build())
        .withType(announce.reason().severity().name())
        .withReason(announce.reason().name())
        .withMessage(
            message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
        .withNewSource(Names.MANAGER, null)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }
}
