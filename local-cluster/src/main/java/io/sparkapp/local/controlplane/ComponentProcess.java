package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running program of the local cluster: on record while it runs, its output appended to a log,
 * ended with TERM and, after a bound, KILL.
 */
public final class ComponentProcess {
  private static final long KEEP_LOG_BELOW = 32L << 20;

  private final String name;
  private final Process process;
  private final LogTail log;
  private final ProcessRecords records;

  private ComponentProcess(String name, Process process, LogTail log, ProcessRecords records) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.records = records;
  }

  /**
   * @param environment added to this process's own, less etcd's {@code ETCD_*} settings, which
   *     would silently change what the command line says
   */
  public static ComponentProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      ProcessRecords records) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(log.getParent().toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("ETCD_"));
    builder.environment().putAll(environment);
    try {
      LogTail tail = LogTail.of(log, beginLog(log));
      Process process = builder.start();
      records.record(name, process.toHandle());
      return new ComponentProcess(name, process, tail, records);
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot start %s: %s; check that %s is a program for this machine."
              .formatted(name, e.getMessage(), command.get(0)),
          e);
    }
  }

  /** Sets a log aside that has grown large; returns the offset at which new output begins. */
  private static long beginLog(Path log) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    if (Files.size(log) < KEEP_LOG_BELOW) {
      return Files.size(log);
    }
    Files.move(
        log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    return 0;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code when the process has ended. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Waits for the end up to a bound; true when the process has ended. */
  boolean endsWithin(Duration bound) throws InterruptedException {
    return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What it wrote last, on one line. */
  public String lastWords() {
    return log.lines(4);
  }

  /** "etcd ended with exit code 1; its log FILE ends with: ..." */
  String obituary() {
    return "%s ended with exit code %d; its log %s ends with: %s"
        .formatted(name, process.exitValue(), log.file(), lastWords());
  }

  /** Ends the process and forgets its record. Does nothing when it has ended already. */
  public void stop(Duration grace) {
    process.destroy();
    try {
      if (!endsWithin(grace)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    records.forget(name);
  }
}
