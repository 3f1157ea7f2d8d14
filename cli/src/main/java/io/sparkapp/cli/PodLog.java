package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.sparkapp.cli.ResumableCopy.Sink;
import java.io.IOException;
import java.io.InputStream;

/** What the main container of one pod wrote. */
final class PodLog {

  private final String name;
  private final PodResource pod;
  private final Loggable log;
  private final LogOptions options;

  PodLog(KubernetesClient client, String namespace, String name, String role, LogOptions options) {
    this.name = name;
    this.pod = client.pods().inNamespace(namespace).withName(name);
    this.log = options.of(pod.inContainer(role));
    this.options = options;
  }

  boolean isThere() {
    return pod.get() != null;
  }

  /**
   * Hands over the lines wanted, with {@code --follow} until the pod ends.
   *
   * @throws CommandFailure when it can not be read
   */
  void copy(Sink sink) {
    try {
      if (options.follow()) {
        follow(sink);
      } else {
        once(sink);
      }
    } catch (KubernetesClientException e) {
      CommandFailure refusal = Refusal.failure(e);
      throw CommandFailure.of(
          refusal.code(), "The log of " + name + " can not be read: " + refusal.getMessage(), e);
    }
  }

  private void once(Sink sink) {
    try (InputStream in = log.getLogInputStream()) {
      if (in == null || !new ResumableCopy(sink).of(in)) {
        throw cut();
      }
    } catch (IOException e) {
      throw CommandFailure.of(ExitCode.UNREACHABLE, cut().getMessage(), e);
    }
  }

  /** A connection may be cut on its way, above all while a program is silent for long. */
  private void follow(Sink sink) {
    ResumableCopy copy = new ResumableCopy(sink);
    boolean whole;
    do {
      whole = followOn(copy);
      if (!options.fromTheStart() && (!whole || DriverOutput.runsOn(pod))) {
        throw cut();
      }
    } while (!whole || DriverOutput.runsOn(pod));
  }

  private boolean followOn(ResumableCopy copy) {
    try (LogWatch watch = log.watchLog();
        InputStream in = watch.getOutput()) {
      return copy.of(in);
    } catch (IOException e) {
      return false;
    }
  }

  private CommandFailure cut() {
    return CommandFailure.of(
        ExitCode.UNREACHABLE,
        "The connection to the log of " + name + " was cut: run the command again.");
  }
}
