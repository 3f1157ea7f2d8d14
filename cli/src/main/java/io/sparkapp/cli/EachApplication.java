package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.SparkApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Does the same with several applications; what one can not have does not keep the others from it.
 */
final class EachApplication {

  private final Consumer<String> tell;

  EachApplication(Consumer<String> tell) {
    this.tell = tell;
  }

  /** How one is dealt with. */
  interface Step {
    void of(String name);
  }

  /**
   * @return that of the first that failed, whose sentence is told like those of the others
   */
  ExitCode of(List<String> names, Step step) {
    ExitCode worst = ExitCode.DONE;
    for (String name : names) {
      try {
        step.of(name);
      } catch (CommandFailure | KubernetesClientException e) {
        CommandFailure failure =
            e instanceof CommandFailure known
                ? known
                : Refusal.failure((KubernetesClientException) e);
        tell.accept(failure.getMessage());
        worst = worst == ExitCode.DONE ? failure.code() : worst;
      }
    }
    return worst;
  }

  /**
   * What is wished of each.
   *
   * @param ask tells the operator; false when there is nothing to wait for
   * @param isFulfilled whether it came true
   * @param outcome what the user reads at last, of its name and as it was seen last; empty when it
   *     is gone
   */
  record Wish(
      Predicate<String> ask,
      Predicate<SparkApp> isFulfilled,
      BiFunction<String, Optional<SparkApp>, String> outcome) {}

  /**
   * Asks it of all, and only then waits for each, so that all waits together are as long as one.
   *
   * @param seconds how long to wait at most
   * @param print is given the outcomes
   * @return that of the first that failed
   */
  ExitCode askAndWait(
      Applications applications,
      List<String> names,
      int seconds,
      Wish wish,
      Consumer<String> print) {
    List<String> asked = new ArrayList<>();
    ExitCode told =
        of(
            names,
            name -> {
              if (wish.ask().test(name)) {
                asked.add(name);
              }
            });
    ApplicationWait wait = new ApplicationWait(applications, seconds);
    ExitCode done =
        of(
            asked,
            name -> print.accept(wish.outcome().apply(name, wait.until(name, wish.isFulfilled()))));
    return told == ExitCode.DONE ? done : told;
  }
}
