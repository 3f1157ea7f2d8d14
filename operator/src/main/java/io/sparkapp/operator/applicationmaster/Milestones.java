package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notes when an attempt came how far. What is noted once stays, so that an operator that comes
 * after this one knows what was noted already.
 */
final class Milestones {

  private Milestones() {}

  /** The times of the current attempt with what it has reached now, in this phase. */
  static AttemptTimes reached(Observed observed, Phase phase) {
    AttemptTimes before = observed.status().times();
    if (before == null && observed.status().attemptStarted() != null) {
      // It began when these times were not noted yet: they would be those of today.
      return null;
    }
    AttemptTimes times =
        before == null
            ? AttemptTimes.since(observed.app().getMetadata().getCreationTimestamp())
            : before;
    boolean runs = phase == Phase.Running;
    boolean admitted = runs || phase == Phase.Starting || times.admitted() != null;
    if (!admitted) {
      return times;
    }
    String now = observed.now().truncatedTo(ChronoUnit.MILLIS).toString();
    String admission = Objects.requireNonNullElse(times.admitted(), now);
    return new AttemptTimes(
        times.asked(),
        admission,
        first(times.driverRunning(), driverStart(observed, admission), runs, now),
        first(times.firstExecutor(), Optional.empty(), observed.executorsCameIn(), now),
        first(times.firstTask(), Optional.empty(), hasTasks(observed), now));
  }

  private static String first(String noted, Optional<String> known, boolean reached, String now) {
    return noted != null ? noted : known.orElse(reached ? now : null);
  }

  /** As its kubelet says, who knows it better; but in whole seconds, and by a clock of its own. */
  private static Optional<String> driverStart(Observed observed, String admission) {
    Instant earliest = Instant.parse(admission);
    return observed
        .driver()
        .map(pod -> new PodReading(pod, Names.DRIVER))
        .flatMap(PodReading::containerStatus)
        .map(ContainerStatus::getState)
        .flatMap(
            state ->
                Stream.of(
                        Optional.ofNullable(state.getRunning()).map(it -> it.getStartedAt()),
                        Optional.ofNullable(state.getTerminated()).map(it -> it.getStartedAt()))
                    .flatMap(Optional::stream)
                    .findFirst())
        .map(Instant::parse)
        .map(start -> start.isBefore(earliest) ? earliest : start)
        .map(Instant::toString);
  }

  private static boolean hasTasks(Observed observed) {
    return observed
        .request()
        .map(ExecutorRequest::getSpec)
        .map(ExecutorRequestSpec::progress)
        .map(Progress::tasks)
        .filter(tasks -> count(tasks.done()) + count(tasks.active()) + count(tasks.failed()) > 0)
        .isPresent();
  }

  private static int count(Integer number) {
    return number == null ? 0 : number;
  }
}
