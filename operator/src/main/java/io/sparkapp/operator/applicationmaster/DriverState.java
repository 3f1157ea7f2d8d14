package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.operator.applicationmaster.PodReading.Waiting;
import java.time.Instant;
import java.util.Optional;

/** The driver as its pod shows it. */
sealed interface DriverState {

  /** There is no pod. */
  record Absent() implements DriverState {}

  /** The container does not run yet. */
  record Pending(Waiting waiting, Optional<String> address) implements DriverState {}

  /**
   * It runs.
   *
   * @param address its pod's address, or host and port of one without a pod
   */
  record Running(Optional<String> address) implements DriverState {}

  /** The driver ended, and the attempt with it. */
  record Ended(Ending ending) implements DriverState {}

  /** Where it is; empty while nobody knows. */
  default Optional<String> whereabouts() {
    if (this instanceof Running running) {
      return running.address();
    }
    return this instanceof Pending pending ? pending.address() : Optional.empty();
  }

  /** {@code ApplicationMaster.EXIT_EARLY} of Spark on YARN. */
  int EXIT_EARLY = 16;

  String NO_FAULT = "; this is no fault of the application.";

  /** The driver of an application in either placement. */
  static DriverState of(Observed observed) {
    return observed.inClientPlacement()
        ? ClientDriver.of(observed)
        : of(observed.driver(), observed.now());
  }

  private static DriverState of(Optional<Pod> pod, Instant now) {
    if (pod.isEmpty()) {
      return new Absent();
    }
    PodReading reading = new PodReading(pod.get(), Names.DRIVER);
    boolean overdue = reading.overdueFrom().filter(from -> !now.isBefore(from)).isPresent();
    if (reading.ended() || overdue) {
      return ended(reading);
    }
    return reading.running()
        ? new Running(reading.address())
        : new Pending(reading.waiting(now), reading.address());
  }

  private static Ended ended(PodReading reading) {
    Optional<ContainerStateTerminated> terminated = reading.terminated();
    Optional<Integer> exitCode = terminated.map(ContainerStateTerminated::getExitCode);
    if (exitCode.equals(Optional.of(0))) {
      // It was done before somebody took its pod.
      return new Ended(ending(reading, terminated.get()));
    }
    Optional<Disruption> disruption = Disruption.of(reading);
    if (disruption.isPresent()) {
      return new Ended(Ending.lost("The driver " + disruption.get().words() + NO_FAULT, exitCode));
    }
    if (reading.beingDeleted()) {
      return new Ended(Ending.lost(deleted(reading.name()), exitCode));
    }
    Optional<String> init = reading.failedInitContainer();
    if (init.isPresent()) {
      return new Ended(
          Ending.failed("The driver did not start: its " + init.get() + ".", exitCode));
    }
    if (reading.reason().equals(Optional.of("DeadlineExceeded"))) {
      return new Ended(
          Ending.failed(
              "The driver's pod ran longer than its activeDeadlineSeconds allow.", exitCode));
    }
    if (terminated.isEmpty() || reading.reason().isPresent()) {
      String reason = reading.reason().map(text -> " (" + text + ")").orElse("");
      String sentence =
          "The driver was ended by " + reading.node() + reason + reading.statusMessage() + NO_FAULT;
      return new Ended(Ending.lost(sentence, exitCode));
    }
    return new Ended(ending(reading, terminated.get()));
  }

  private static Ending ending(PodReading reading, ContainerStateTerminated terminated) {
    Ending ending = withoutLog(reading, terminated);
    return ending.succeeded() ? ending : ending.after(LastWords.log(terminated.getMessage()));
  }

  private static Ending withoutLog(PodReading reading, ContainerStateTerminated terminated) {
    int exitCode = terminated.getExitCode();
    if ("OOMKilled".equals(terminated.getReason())) {
      return Ending.failed(
          "The driver was OOMKilled at its limit of "
              + reading.memoryLimit()
              + "; raise driver.memoryOverhead, or driver.memory if its heap was full.",
          Optional.of(exitCode));
    }
    Optional<LastWords> words = LastWords.read(terminated.getMessage());
    if (exitCode == 0) {
      boolean early =
          words.map(LastWords::outcome).filter(LastWords.EXITED_EARLY::equals).isPresent();
      return early
          ? Ending.failed(words.get().message(), Optional.of(EXIT_EARLY))
          : Ending.succeeded(
              words.map(LastWords::message).orElse("The driver ended with exit code 0."));
    }
    Optional<String> foreign =
        ForeignImage.sentence(Names.DRIVER, reading.image(), terminated.getMessage());
    return Ending.failed(
        words
            .map(LastWords::message)
            .or(() -> foreign)
            .orElseGet(() -> unexplained(exitCode, terminated)),
        Optional.of(exitCode));
  }

  private static String unexplained(int exitCode, ContainerStateTerminated terminated) {
    if (exitCode > 128) {
      return "The driver was killed by signal " + (exitCode - 128) + " from outside.";
    }
    return "The driver ended with exit code "
        + exitCode
        + LastLine.of(terminated.getMessage()).map(line -> ": " + line).orElse("")
        + "; its log says more.";
  }

  static String deleted(String pod) {
    return "The driver's pod " + pod + " was deleted while the application ran.";
  }
}
