package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions of a status, by the Kubernetes API conventions: the transition time moves only
 * when the condition's status does.
 */
public final class Conditions {

  static final String ADMITTED = "Admitted";
  static final String DRIVER_RUNNING = "DriverRunning";
  static final String EXECUTORS_READY = "ExecutorsReady";
  static final String COMPLETE = "Complete";
  static final String FAILED = "Failed";
  static final String SUSPENDED = "Suspended";

  private final List<Condition> conditions;
  private final long generation;
  private final Instant now;

  public Conditions(List<Condition> previous, long generation, Instant now) {
    this.conditions = new ArrayList<>(previous == null ? List.of() : previous);
    this.generation = generation;
    this.now = now;
  }

  /** Sets one condition; {@code reason} is a word for programs, {@code message} a sentence. */
  public Conditions with(String type, boolean status, String reason, String message) {
    Optional<Condition> previous = find(conditions, type);
    String value = status ? "True" : "False";
    String since =
        previous
            .filter(each -> value.equals(each.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    Condition condition =
        new ConditionBuilder()
            .withType(type)
            .withStatus(value)
            .withReason(reason)
            .withMessage(message)
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build();
    previous.ifPresentOrElse(
        old -> {
          if (!Objects.equals(old, condition)) {
            conditions.set(conditions.indexOf(old), condition);
          }
        },
        () -> conditions.add(condition));
    return this;
  }

  /** What a condition says to programs. */
  private record State(String type, String status, String reason) {

    static List<State> of(List<Condition> conditions) {
      return conditions == null
          ? List.of()
          : conditions.stream()
              .filter(each -> !EXECUTORS_READY.equals(each.getType()))
              .map(each -> new State(each.getType(), each.getStatus(), each.getReason()))
              .toList();
    }
  }

  /**
   * Whether both say the same to programs, though maybe in other sentences and of another number of
   * executors.
   */
  static boolean sayTheSame(List<Condition> some, List<Condition> others) {
    return State.of(some).equals(State.of(others));
  }

  /** The condition of this type, if there is one. */
  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(each -> type.equals(each.getType())).findFirst();
  }

  public List<Condition> list() {
    return List.copyOf(conditions);
  }
}
