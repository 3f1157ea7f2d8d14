package io.sparkapp.local.archives;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The start of an operator, until the first application runs, without a cluster. An operator that
 * is to make its archive does so as it is told to stop after that.
 */
public final class OperatorTraining {

  /** The operator's main class. */
  public static final String MAIN = "io.sparkapp.operator.OperatorMain";

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process operator;
  private final Path log;

  private OperatorTraining(Process operator, Path log) {
    this.operator = operator;
    this.log = log;
  }

  /** How the operator's process is started. */
  public interface Start {

    /**
     * Starts it and returns at once.
     *
     * @param environment all that it needs; what else this process has might lead it elsewhere
     */
    Process start(Map<String, String> environment) throws IOException;
  }

  /**
   * Runs it, and returns when the operator has ended.
   *
   * @param folder gets what the kubelet would put there for its service account
   * @param inside the same folder, as the operator sees it
   * @param log where the operator tells what happens, for who asks why it failed
   * @throws IOException when the operator ends before it is told to, or does not get that far
   */
  public static void run(Path folder, String inside, Path log, Start start) throws IOException {
    try (TrainingClusterServer cluster = new TrainingClusterServer(folder)) {
      int endpoints = TrainingApplication.freePort();
      int page = TrainingApplication.freePort();
      Process operator = start.start(environment(inside, cluster.port(), endpoints, page));
      try {
        OperatorTraining training = new OperatorTraining(operator, log);
        training.awaitApplication(cluster);
        training.look(endpoints, "/readyz");
        training.look(endpoints, "/metrics");
        training.look(page, "/");
        training.stop();
      } finally {
        operator.destroyForcibly();
      }
    } catch (ExecutionException e) {
      throw new IOException("The operator's end is not known.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The operator's training was interrupted.", e);
    }
  }

  private void awaitApplication(TrainingClusterServer cluster)
      throws IOException, InterruptedException, ExecutionException {
    try {
      CompletableFuture.anyOf(cluster.running(), operator.onExit())
          .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw failed("runs no application after " + LONGEST.toMinutes() + " min");
    }
  }

  private IOException failed(String what) {
    return new IOException("The operator in training " + what + "; see " + log + ".");
  }

  private void stop() throws IOException, InterruptedException {
    operator.destroy();
    if (!operator.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw failed("did not end when it was told to");
    }
  }

  /** As probes, Prometheus and people do; the page comes a little after the first decision. */
  private void look(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(LONGEST)
            .build();
    long began = System.nanoTime();
    while (operator.isAlive()) {
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw failed("does not serve " + path + " after " + LONGEST.toMinutes() + " min");
      }
      try {
        http.send(request, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (ConnectException e) {
        // Not served yet; an operator that ends need not be waited for.
        operator.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    throw failed("ended with exit code " + operator.exitValue());
  }

  /** As the chart sets it, and the addresses of the training. */
  private static Map<String, String> environment(
      String folder, int apiServer, int endpoints, int page) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServer));
    environment.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    environment.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", folder + "/token");
    environment.put("KUBERNETES_CERTS_CA_FILE", folder + "/ca.crt");
    environment.put("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1");
    environment.put("SPARKAPP_ENDPOINTS_PORT", Integer.toString(endpoints));
    environment.put("SPARKAPP_WEB_ENABLED", "true");
    environment.put("SPARKAPP_WEB_HOST", "127.0.0.1");
    environment.put("SPARKAPP_WEB_PORT", Integer.toString(page));
    environment.put("SPARKAPP_WEB_TICKET_KEY", "training-training-training-training");
    environment.put("SPARKAPP_LEADER_ELECTION", "true");
    environment.put("SPARKAPP_LEASE_NAMESPACE", "training");
    environment.put("SPARKAPP_IDENTITY", "training");
    return environment;
  }
}
