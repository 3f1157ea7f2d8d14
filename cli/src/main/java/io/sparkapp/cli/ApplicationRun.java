package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Follows one application from its creation to its end. */
final class ApplicationRun {

  private static final int WIDTH = 100;
  private static final Duration LAST_LINES = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final SparkApp created;
  private final Screen screen;
  private final DriverOutput output;
  private Phase shown;
  private int failures;

  ApplicationRun(KubernetesClient client, SparkApp created, Screen screen) {
    this.client = client;
    this.created = created;
    this.screen = screen;
    this.output = new DriverOutput(client, created.getMetadata().getNamespace(), screen);
  }

  /** Waits for the end and shows all that happens until then. */
  Outcome follow() throws InterruptedException {
    BlockingQueue<Optional<SparkApp>> seen = new LinkedBlockingQueue<>();
    SharedIndexInformer<SparkApp> informer =
        client
            .resources(SparkApp.class)
            .inNamespace(created.getMetadata().getNamespace())
            .withName(created.getMetadata().getName())
            .inform(new Forwarding(seen));
    try {
      while (true) {
        Optional<SparkApp> app = seen.take();
        if (app.isEmpty() || !isOurs(app.get())) {
          return new Outcome(false, created.getMetadata().getName() + " was deleted while it ran.");
        }
        Optional<Outcome> outcome = show(app.get());
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    } finally {
      informer.close();
    }
  }

  private boolean isOurs(SparkApp app) {
    return created.getMetadata().getUid().equals(app.getMetadata().getUid());
  }

  private Optional<Outcome> show(SparkApp app) throws InterruptedException {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    if (status.phase() == null) {
      return Optional.empty();
    }
    boolean ran =
        status.phase() == Phase.Running || status.phase().isTerminal() && hasExitCode(status);
    if (ran) {
      output.start(status.driver().pod());
    }
    if (status.phase().isTerminal()) {
      output.finish(LAST_LINES);
      return Optional.of(new Outcome(status.phase() == Phase.Succeeded, status.message()));
    }
    boolean lostAnExecutor = failed(status) > failures;
    if (status.phase() != shown || lostAnExecutor) {
      shown = status.phase();
      failures = failed(status);
      screen.say(app.getMetadata().getName() + ": " + status.phase() + ": " + status.message());
    }
    screen.bars(ProgressBars.lines(status.progress(), WIDTH));
    return Optional.empty();
  }

  private static int failed(SparkAppStatus status) {
    return status.executors() == null ? 0 : status.executors().failed();
  }

  /** A driver that has one wrote a log before it ended, however quickly that was. */
  private static boolean hasExitCode(SparkAppStatus status) {
    return status.driver() != null && status.driver().exitCode() != null;
  }

  /** Hands what is seen to the thread that waits for it; empty stands for a deletion. */
  private record Forwarding(BlockingQueue<Optional<SparkApp>> seen)
      implements ResourceEventHandler<SparkApp> {

    @Override
    public void onAdd(SparkApp app) {
      seen.add(Optional.of(app));
    }

    @Override
    public void onUpdate(SparkApp before, SparkApp app) {
      seen.add(Optional.of(app));
    }

    @Override
    public void onDelete(SparkApp app, boolean finalStateUnknown) {
      seen.add(Optional.empty());
    }
  }

  /**
   * How it ended.
   *
   * @param message the application's own last message
   */
  record Outcome(boolean succeeded, String message) {

    String line() {
      return succeeded ? "Succeeded" : "Failed: " + message;
    }

    int exitCode() {
      return succeeded ? 0 : CommandFailure.FAILED;
    }
  }
}
