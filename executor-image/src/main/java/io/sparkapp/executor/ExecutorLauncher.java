package io.sparkapp.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.spark.executor.CoarseGrainedExecutorBackend;

/** The executor's process. */
public final class ExecutorLauncher {

  /** The driver never answered. */
  static final int DRIVER_NEVER_ANSWERED = 59;

  private ExecutorLauncher() {}

  /** Waits for the driver, then runs Spark's executor, which ends the process itself. */
  public static void main(String[] arguments) throws InterruptedException {
    ExecutorEnvironment environment;
    try {
      environment = ExecutorEnvironment.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    System.setProperty("spark.authenticate", "true");
    System.setProperty("spark.network.crypto.enabled", "true");
    environment.conf().forEach(System::setProperty);
    LocalDirSweep.sweep(System.getenv());
    Waited waited = waitForDriver(environment);
    if (waited.problem() != null) {
      giveUp(environment.terminationLog(), waited.problem());
      return;
    }
    CoarseGrainedExecutorBackend.main(
        environment.arguments(waited.address()).toArray(String[]::new));
  }

  /** Either where the driver is, or why it was not found. */
  private record Waited(String address, String problem) {}

  private static Waited waitForDriver(ExecutorEnvironment environment) throws InterruptedException {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "driver-wait");
              thread.setDaemon(true);
              return thread;
            });
    long deadline = System.nanoTime() + environment.driverWait().toNanos();
    // Loading the classes for the probe takes its time; the address comes meanwhile.
    try (DriverEndpointProbe probe = new DriverEndpointProbe(environment.host())) {
      DriverWait wait = new DriverWait(scheduler);
      Optional<String> address =
          wait.until(() -> address(environment.addressFile()), remaining(deadline));
      if (address.isEmpty()) {
        return new Waited(
            null,
            "Executor "
                + environment.executorId()
                + " was not told its driver's address within "
                + seconds(environment)
                + " s: the driver's pod has no address yet, or the operator does not run.");
      }
      return wait.until(() -> probe.ready(address.get()), remaining(deadline))
          .map(ready -> new Waited(ready, null))
          .orElseGet(
              () ->
                  new Waited(
                      null,
                      "Executor "
                          + environment.executorId()
                          + " could not reach its driver at "
                          + address.get()
                          + " within "
                          + seconds(environment)
                          + " s (last: "
                          + probe.lastAnswer()
                          + "); see the driver's log, and whether a network policy is in between."));
    } finally {
      scheduler.shutdownNow();
    }
  }

  private static Duration remaining(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private static long seconds(ExecutorEnvironment environment) {
    return environment.driverWait().toSeconds();
  }

  static Optional<String> address(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      // The kubelet replaces the file as a whole; between two versions there may be none.
      return Optional.empty();
    }
  }

  private static void giveUp(Path terminationLog, String problem) {
    System.err.println(problem);
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("outcome", "DriverNeverAnswered");
    words.put("exitCode", DRIVER_NEVER_ANSWERED);
    words.put("message", problem);
    try {
      Files.writeString(terminationLog, json(words));
    } catch (IOException e) {
      System.err.println("The termination log " + terminationLog + " can not be written: " + e);
    }
    System.exit(DRIVER_NEVER_ANSWERED);
  }

  private static String json(Map<String, Object> words) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(words);
  }
}
