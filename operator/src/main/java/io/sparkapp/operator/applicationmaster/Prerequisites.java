package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.operator.applicationmaster.ExecutorTarget.NewExecutor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to be there in an application's namespace before pods of it are of any use. */
final class Prerequisites {

  private Prerequisites() {}

  /**
   * Of an attempt that has no pods yet.
   *
   * @throws UnusableSpecException when no pod can be made of the spec
   */
  static List<Reference> of(PodFactory pods, Observed observed) {
    List<NewExecutor> executor =
        observed.wanted().asks().stream()
            .filter(ask -> ask.total() > 0)
            .limit(1)
            .map(Prerequisites::first)
            .toList();
    LocalClaims claims = LocalClaims.of(observed, executor);
    List<Pod> executors =
        pods.executors(
            observed, executor, ExcludedNodes.of(observed, List.of()), claims, Optional.empty());
    Stream<Pod> driver =
        observed.inClientPlacement() ? Stream.empty() : Stream.of(pods.driver(observed));
    return of(observed, Stream.concat(driver, executors.stream()).toList());
  }

  private static NewExecutor first(Ask ask) {
    return new NewExecutor(1, ask);
  }

  /** Of pods that are about to be made. */
  static List<Reference> of(Observed observed, Collection<Pod> pods) {
    return Reference.of(pods, observed.names());
  }
}
