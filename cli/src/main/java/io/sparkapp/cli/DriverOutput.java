package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Prints a driver's log as it is written, from the first line on. */
final class DriverOutput {

  private static final int BUFFER = 8192;

  private final KubernetesClient client;
  private final String namespace;
  private final Screen screen;
  private CompletableFuture<Void> printing;

  DriverOutput(KubernetesClient client, String namespace, Screen screen) {
    this.client = client;
    this.namespace = namespace;
    this.screen = screen;
  }

  /** Starts printing, once. */
  void start(String pod) {
    if (printing == null) {
      printing = CompletableFuture.runAsync(() -> print(pod), DriverOutput::daemon);
    }
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

  private void print(String pod) {
    try (LogWatch log = client.pods().inNamespace(namespace).withName(pod).watchLog();
        InputStream in = log.getOutput()) {
      byte[] buffer = new byte[BUFFER];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        screen.output(buffer, length);
      }
    } catch (IOException | KubernetesClientException e) {
      screen.say("The driver's log can not be followed: " + e.getMessage());
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "driver-output");
    thread.setDaemon(true);
    thread.start();
  }
}
