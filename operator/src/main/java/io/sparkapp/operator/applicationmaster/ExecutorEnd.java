package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.sparkapp.crds.EndCause;
import io.sparkapp.operator.applicationmaster.ExecutorState.Ended;
import java.util.Optional;

/**
 * Tells why an executor ended and whether the application is to blame, as YARN's allocator does
 * ({@code YarnAllocator.processCompletedContainers}) from what a kubelet reports. Exit codes are
 * those of {@code SparkExitCode} and {@code ExecutorExitCode}.
 */
final class ExecutorEnd {

  private static final int UNCAUGHT_EXCEPTION = 50;
  private static final int UNCAUGHT_EXCEPTION_TWICE = 51;
  private static final int OUT_OF_MEMORY = 52;
  private static final int DISK_STORE_FAILED_TO_CREATE_DIR = 53;
  private static final int HEARTBEAT_FAILURE = 56;
  private static final int BLOCK_MANAGER_REREGISTRATION_FAILED = 58;

  /** Of our own launcher: the driver never answered. */
  static final int DRIVER_NEVER_ANSWERED = 59;

  private ExecutorEnd() {}

  static Ended of(PodReading reading, int id) {
    Optional<ContainerStateTerminated> terminated = reading.terminated();
    Optional<Integer> exitCode = terminated.map(ContainerStateTerminated::getExitCode);
    // A pod that is drained is deleted too; the condition knows why.
    Optional<Disruption> disruption = Disruption.of(reading);
    if (disruption.isPresent()) {
      String sentence = "Executor " + id + " " + disruption.get().words() + ".";
      return new Ended(exitCode, disruption.get().cause(), false, sentence);
    }
    if (reading.beingDeleted()) {
      return new Ended(
          exitCode, EndCause.Deleted, false, "The pod of executor " + id + " was deleted.");
    }
    if (terminated.isEmpty()) {
      return new Ended(
          exitCode,
          EndCause.NeverStarted,
          false,
          "Executor " + id + " never started on " + reading.node() + reading.statusMessage() + ".");
    }
    if ("OOMKilled".equals(terminated.get().getReason())) {
      return new Ended(
          exitCode,
          EndCause.OOMKilled,
          true,
          "Executor "
              + id
              + " was OOMKilled at its limit of "
              + reading.memoryLimit()
              + "; raise executor.memoryOverhead.");
    }
    return ForeignImage.sentence(Names.EXECUTOR, reading.image(), terminated.get().getMessage())
        .map(sentence -> new Ended(exitCode, EndCause.Error, true, sentence))
        .orElseGet(() -> byExitCode(id, terminated.get()));
  }

  private static Ended byExitCode(int id, ContainerStateTerminated terminated) {
    int code = terminated.getExitCode();
    String executor = "Executor " + id;
    String words = LastWords.read(terminated.getMessage()).map(LastWords::message).orElse(null);
    Optional<Integer> exitCode = Optional.of(code);
    return switch (code) {
      case 0 -> new Ended(exitCode, EndCause.Completed, false, executor + " left on its own.");
      case OUT_OF_MEMORY ->
          new Ended(
              exitCode,
              EndCause.Error,
              true,
              executor + "'s heap was full (OutOfMemoryError); raise executor.memory.");
      case UNCAUGHT_EXCEPTION, UNCAUGHT_EXCEPTION_TWICE ->
          new Ended(
              exitCode,
              EndCause.Error,
              true,
              executor + " died of an exception that nothing caught; its log has it.");
      case DISK_STORE_FAILED_TO_CREATE_DIR ->
          new Ended(
              exitCode, EndCause.Error, false, executor + " could not write to its local disk.");
      case HEARTBEAT_FAILURE, BLOCK_MANAGER_REREGISTRATION_FAILED ->
          new Ended(exitCode, EndCause.Error, false, executor + " could not reach its driver.");
      case DRIVER_NEVER_ANSWERED ->
          new Ended(
              exitCode,
              EndCause.Error,
              false,
              words == null ? executor + " gave up waiting for its driver." : words);
      default ->
          code > 128
              ? new Ended(
                  exitCode,
                  EndCause.Killed,
                  false,
                  executor + " was killed by signal " + (code - 128) + " from outside.")
              : new Ended(
                  exitCode,
                  EndCause.Error,
                  true,
                  words == null ? executor + " ended with exit code " + code + "." : words);
    };
  }
}
