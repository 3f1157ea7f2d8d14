package io.sparkapp.local.node;

import java.time.Instant;

/** Where a container is in its life; the API's ContainerState. */
sealed interface ContainerPhase {

  record Waiting(String reason, String message) implements ContainerPhase {}

  record Running(Instant startedAt) implements ContainerPhase {}

  /**
   * @param exitCode 128 + n after signal n
   * @param message may be empty
   */
  record Terminated(
      int exitCode, String reason, String message, Instant startedAt, Instant finishedAt)
      implements ContainerPhase {

    boolean succeeded() {
      return exitCode == 0;
    }
  }
}
