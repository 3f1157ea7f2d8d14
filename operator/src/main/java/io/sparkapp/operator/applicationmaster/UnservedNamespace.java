package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of applications where the operator may create nothing: they wait, and say why. An
 * operator of another installation may serve their namespace; so one that has just come, or that
 * somebody else has spoken about, is left alone.
 */
public final class UnservedNamespace {

  /** Longer than an operator needs until it has said its first word about an application. */
  private static final Duration OTHERS_TURN = Duration.ofSeconds(20);

  private final Set<String> served;

  /**
   * @param served the namespaces that are served; empty for all
   */
  public UnservedNamespace(Set<String> served) {
    this.served = Set.copyOf(served);
  }

  /** The namespaces that are served; empty for all. */
  public Set<String> served() {
    return served;
  }

  /** Whether the application is in a namespace that is served. */
  public boolean serves(String namespace) {
    return served.isEmpty() || served.contains(namespace);
  }

  /** What is to be done: at most to say why it waits. */
  public Plan plan(Observed observed) {
    SparkAppStatus status = observed.status();
    String sentence = sentence(observed.names().namespace());
    boolean ours = status.phase() == Phase.Waiting && Objects.equals(status.message(), sentence);
    if (observed.app().getMetadata().getDeletionTimestamp() != null
        || status.phase() != null && !ours) {
      return Plan.nothing(status);
    }
    Instant ourTurn = ourTurn(observed.app().getMetadata().getCreationTimestamp());
    if (observed.now().isBefore(ourTurn)) {
      return new Plan(
          List.of(),
          status,
          List.of(),
          Optional.of(Duration.between(observed.now(), ourTurn).plusMillis(1)));
    }
    return new Plan(
        List.of(),
        new StatusReport(observed).notAdmitted("NamespaceNotServed", sentence),
        List.of(),
        Optional.empty());
  }

  /** Until then an operator that serves the namespace would have said its first word. */
  public static Instant ourTurn(String creationTimestamp) {
    return Instant.parse(creationTimestamp).plus(OTHERS_TURN);
  }

  /** Why nothing is done in this namespace. */
  public static String sentence(String namespace) {
    return "The operator does not serve namespace "
        + namespace
        + ": ask its administrator to add it to the chart's jobNamespaces, or apply the"
        + " application in a namespace that is served.";
  }
}
