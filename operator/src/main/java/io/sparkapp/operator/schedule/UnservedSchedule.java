package io.sparkapp.operator.schedule;

import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.operator.applicationmaster.UnservedNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of schedules where the operator may create nothing: the same as of applications. */
public final class UnservedSchedule {

  private final UnservedNamespace namespaces;

  /**
   * @param served the namespaces that are served; empty for all
   */
  public UnservedSchedule(Set<String> served) {
    this.namespaces = new UnservedNamespace(served);
  }

  /** Whether the schedule is in a namespace that is served. */
  public boolean serves(String namespace) {
    return namespaces.serves(namespace);
  }

  /** What is to be done: at most to say why no run is started. */
  public SchedulePlan plan(ObservedSchedule observed) {
    ScheduledSparkAppStatus status = observed.status();
    String sentence = UnservedNamespace.sentence(observed.schedule().getMetadata().getNamespace());
    boolean othersSpoke = status.message() != null && !status.message().equals(sentence);
    if (observed.schedule().getMetadata().getDeletionTimestamp() != null || othersSpoke) {
      return SchedulePlan.nothing(status);
    }
    Instant ourTurn =
        UnservedNamespace.ourTurn(observed.schedule().getMetadata().getCreationTimestamp());
    if (observed.now().isBefore(ourTurn)) {
      return new SchedulePlan(
          List.of(),
          status,
          List.of(),
          Optional.of(Duration.between(observed.now(), ourTurn).plusMillis(1)));
    }
    return new SchedulePlan(
        List.of(),
        new ScheduleReport(observed).unserved("NamespaceNotServed", sentence),
        List.of(),
        Optional.empty());
  }
}
