package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Prints a driver's log as it is written, from the first line on. */
final class DriverOutput {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final Duration REPORTED_WITHIN = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final String namespace;
  private final Screen screen;
  private String pod;
  private CompletableFuture<Void> printing;

  DriverOutput(KubernetesClient client, String namespace, Screen screen) {
    this.client = client;
    this.namespace = namespace;
    this.screen = screen;
  }

  /** Starts printing the log of this pod, once; the log of another one is printed to its end. */
  void start(String next, Duration atMost) throws InterruptedException {
    if (next.equals(pod)) {
      return;
    }
    finish(atMost);
    pod = next;
    ResumableCopy copy = new ResumableCopy(screen::output);
    printing = CompletableFuture.runAsync(() -> print(next, copy), DriverOutput::daemon);
  }

  /** Waits for the last lines, but not for ever. */
  void finish(Duration atMost) throws InterruptedException {
    if (printing == null) {
      return;
    }
    try {
      printing.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      screen.say("The driver's log ends here: " + e.getMessage());
    }
  }

  /**
   * Follows the log to the driver's end. A connection may be cut on its way, above all while a
   * driver is silent for long: then the log is followed anew, without what was printed.
   */
  private void print(String name, ResumableCopy copy) {
    PodResource followed = client.pods().inNamespace(namespace).withName(name);
    try {
      boolean whole;
      do {
        whole = printOn(followed, copy);
      } while (!whole || runsOn(followed));
    } catch (KubernetesClientException e) {
      screen.say("The driver's log can not be followed: " + Refusal.sentences(e));
    }
  }

  /** Prints what is not printed yet; false when the connection was cut before the log's end. */
  private static boolean printOn(PodResource pod, ResumableCopy copy) {
    try (LogWatch log = pod.watchLog();
        InputStream in = log.getOutput()) {
      return copy.of(in);
    } catch (IOException e) {
      return false;
    }
  }

  /** A log ends a moment before its pod says so. */
  static boolean runsOn(PodResource pod) {
    try {
      pod.waitUntilCondition(
          seen -> seen == null || ENDED.contains(seen.getStatus().getPhase()),
          REPORTED_WITHIN.toSeconds(),
          TimeUnit.SECONDS);
      return false;
    } catch (KubernetesClientTimeoutException e) {
      return true;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "driver-output");
    thread.setDaemon(true);
    thread.start();
  }
}
