package io.sparkapp.bench.apiserver;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that works until it is told to stop.
 *
 * @param name who it is, as a sentence begins
 * @param log where it tells what happened to it
 */
record Child(Process process, String name, Path log) implements AutoCloseable {

  private static final int SECONDS_TO_STOP = 20;

  void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(name + " has ended; see " + log + ".");
    }
  }

  @Override
  public void close() {
    process.destroy();
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
