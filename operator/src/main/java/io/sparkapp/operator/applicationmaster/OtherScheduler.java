package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.BatchScheduler;
import io.sparkapp.crds.SparkAppSpec;
import java.util.List;
import java.util.Optional;

/**
 * Another scheduler or queue system, and how it is told which pods are one gang: the driver and
 * executors that it is not worth starting without.
 */
sealed interface OtherScheduler permits YuniKorn, Volcano, Kueue {

  /** The one that the application names. */
  static Optional<OtherScheduler> of(SparkAppSpec spec) {
    return Optional.ofNullable(spec.batchScheduler()).map(OtherScheduler::of);
  }

  private static OtherScheduler of(BatchScheduler named) {
    Optional<String> queue = Optional.ofNullable(named.queue());
    return switch (named.kind()) {
      case YuniKorn -> new YuniKorn(queue);
      case Volcano -> new Volcano(queue);
      case Kueue -> new Kueue(queue.orElseThrow());
    };
  }

  /**
   * Of every pod of an attempt.
   *
   * @param name what the attempt is called there; no other one ever was or will be called so
   */
  BatchMarks each(String name);

  /**
   * Of the driver, if there is a gang.
   *
   * @param driver its pod
   * @param executors pods of the gang's executors, at least one, all alike
   */
  BatchMarks driver(String name, Pod driver, List<Pod> executors);

  /**
   * Of an executor of the gang.
   *
   * @param driver the driver's pod with its marks, which may be older than this operator
   */
  BatchMarks executor(Pod driver);

  /** An object that stands for the gang, where there is such a thing. */
  default Optional<GenericKubernetesResource> group(String name, Pod driver, List<Pod> executors) {
    return Optional.empty();
  }

  /** An annotation that the driver has. */
  static String annotation(Pod driver, String name) {
    return driver.getMetadata().getAnnotations().get(name);
  }
}
