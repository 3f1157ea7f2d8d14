package io.sparkapp.local;

import io.sparkapp.local.controlplane.ClusterException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Follows what the starting background process writes, until it is ready or says why it isn't. */
final class StartProtocol {
  private static final long POLL_MILLIS = 50;

  private final Path output;
  private final Path log;

  /**
   * @param output the background process's standard output, read from the beginning
   * @param log where it logs, for messages
   */
  StartProtocol(Path output, Path log) {
    this.output = output;
    this.log = log;
  }

  void awaitReady(ProcessHandle daemon, Duration bound, Consumer<String> progress) {
    Instant giveUp = Instant.now().plus(bound);
    try (BufferedReader lines = Files.newBufferedReader(output)) {
      while (Instant.now().isBefore(giveUp)) {
        boolean ended = endsWithin(daemon, POLL_MILLIS);
        if (readLines(lines, progress)) {
          return;
        }
        if (ended) {
          throw new ClusterException("The local cluster ended while it started; see " + log + ".");
        }
      }
    } catch (IOException e) {
      throw new ClusterException("Cannot read %s: %s.".formatted(output, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while the local cluster was starting.", e);
    }
    throw new ClusterException(
        "The local cluster was not ready within %d s; see %s, and end it with sparkapp local down."
            .formatted(bound.toSeconds(), log));
  }

  /** True when a line says that the cluster is ready. */
  private static boolean readLines(BufferedReader lines, Consumer<String> progress)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(LocalClusterMain.READY)) {
        return true;
      }
      if (line.startsWith(LocalClusterMain.ERROR)) {
        throw new ClusterException(line.substring(LocalClusterMain.ERROR.length()));
      }
      progress.accept(line);
    }
    return false;
  }

  static boolean endsWithin(ProcessHandle process, long millis) throws InterruptedException {
    try {
      process.onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
