package io.sparkapp.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that works until it is told to stop.
 *
 * @param name who it is, as a sentence begins
 * @param log where it tells what happened to it
 */
public record Child(Process process, String name, Path log) implements AutoCloseable {

  private static final int SECONDS_TO_STOP = 20;

  /** Fails when it has ended by itself. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(name + " has ended; see " + log + ".");
    }
  }

  /** Tells it to end, and does not wait for that. */
  public void stop() {
    process.destroy();
  }

  @Override
  public void close() {
    stop();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
