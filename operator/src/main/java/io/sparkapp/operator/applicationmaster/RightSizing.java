package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.sparkapp.crds.DriverSpec;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.Usage;
import io.sparkapp.crds.Used;
import java.util.Objects;
import java.util.Optional;

/** Holds what an application asked for against what its driver and executors have used. */
final class RightSizing {

  /** A shorter life says nothing: Spark's executors tell of their memory every ten seconds. */
  private static final long LEAST_SECONDS = 60;

  private static final String TASK_CPUS = "spark.task.cpus";

  private RightSizing() {}

  /** What is to be said of an application that has ended; empty when too little is known. */
  static Optional<Usage> of(Observed observed) {
    return observed
        .request()
        .map(ExecutorRequest::getSpec)
        .map(ExecutorRequestSpec::progress)
        .map(Progress::used)
        .flatMap(used -> of(observed.app().getSpec(), used, driverWasOomKilled(observed)));
  }

  /**
   * @param driverOomKilled whether the driver's pod went over its memory
   */
  static Optional<Usage> of(SparkAppSpec spec, Used used, boolean driverOomKilled) {
    if (used.driver() == null || number(used.driver().seconds()) < LEAST_SECONDS) {
      return Optional.empty();
    }
    // A driver outside has no pod of ours that could be smaller.
    Usage.OfRole driver =
        spec.client() == null
            ? new PodSize(driver(spec, driverOomKilled), used.driver()).usage()
            : null;
    Usage.OfRole executor =
        used.executor() != null && used.executor().heap() != null
            ? new PodSize(executor(spec, used.executor()), used.executor()).usage()
            : null;
    return driver == null && executor == null
        ? Optional.empty()
        : Optional.of(new Usage(driver, executor));
  }

  private static PodSize.Asked driver(SparkAppSpec spec, boolean oomKilled) {
    DriverSpec driver = spec.driver();
    return new PodSize.Asked(
        "The driver",
        Memory.parse(driver.memory()).mebibytes(),
        MemoryOverhead.ofDriver(spec).mebibytes(),
        0,
        driver.cores(),
        Optional.empty(),
        1,
        spec.besideTheJvm(),
        0,
        oomKilled ? 1 : 0);
  }

  private static PodSize.Asked executor(SparkAppSpec spec, Used.OfRole used) {
    ExecutorSpec executor = spec.executor();
    return new PodSize.Asked(
        "An executor",
        Memory.parse(executor.memory()).mebibytes(),
        MemoryOverhead.ofExecutor(spec).mebibytes(),
        OffHeap.of(spec).mebibytes(),
        executor.cores(),
        Optional.of(Objects.requireNonNullElse(executor.cpuRequest(), executor.cores().toString())),
        taskCpus(spec),
        mayRunBesideTheJvm(spec),
        number(used.heapFull()),
        number(used.oomKilled()));
  }

  /** What a user's own process is, or a client of a Spark Connect server, nobody here knows. */
  private static boolean mayRunBesideTheJvm(SparkAppSpec spec) {
    return spec.besideTheJvm() || spec.servesConnect() || spec.client() != null;
  }

  private static int taskCpus(SparkAppSpec spec) {
    String written = spec.sparkConf().getOrDefault(TASK_CPUS, "1");
    return written.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(written) : 1;
  }

  private static boolean driverWasOomKilled(Observed observed) {
    return observed
        .driver()
        .flatMap(pod -> new PodReading(pod, Names.DRIVER).terminated())
        .map(ContainerStateTerminated::getReason)
        .filter("OOMKilled"::equals)
        .isPresent();
  }

  static long number(Number count) {
    return count == null ? 0 : count.longValue();
  }
}
