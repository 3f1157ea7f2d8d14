package io.sparkapp.cli;

import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.sparkapp.crds.TimeSpan;
import picocli.CommandLine.Option;

/** Which lines of a log are wanted; the options of {@code kubectl logs}. */
final class LogOptions {

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on printing until the pod ends; waits for a driver that has not started.")
  private boolean follow;

  @Option(names = "--tail", paramLabel = "LINES", description = "Only so many last lines.")
  private Integer tail;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only lines that are not older, as 90s, 10m or 1h30m.")
  private String since;

  @Option(names = "--timestamps", description = "The time before each line.")
  private boolean timestamps;

  boolean follow() {
    return follow;
  }

  /** Whether all lines are wanted, so that a connection that is cut can be taken up again. */
  boolean fromTheStart() {
    return tail == null && since == null;
  }

  /**
   * @throws CommandFailure when one can not be understood
   */
  void check() {
    if (tail != null && tail < 0) {
      throw CommandFailure.badInput("--tail is a number of lines, 0 or more; " + tail + " is not.");
    }
    if (since != null && seconds() < 1) {
      throw CommandFailure.badInput("--since is one second or more; " + since + " is less.");
    }
  }

  /** The log of this container, with these options. */
  Loggable of(ContainerResource container) {
    BytesLimitTerminateTimeTailPrettyLoggable lines =
        timestamps ? container.usingTimestamps() : container;
    TailPrettyLoggable young = since == null ? lines : lines.sinceSeconds(seconds());
    return tail == null ? young : young.tailingLines(tail);
  }

  private int seconds() {
    try {
      return (int) Math.min(Integer.MAX_VALUE, TimeSpan.parse(since).duration().toSeconds());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of(ExitCode.BAD_INPUT, "--since: " + e.getMessage() + ".", e);
    }
  }
}
