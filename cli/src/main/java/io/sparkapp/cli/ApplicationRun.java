package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Follows one application from its creation to its end. */
final class ApplicationRun {

  private static final Duration LAST_LINES = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final ObjectMeta created;
  private final Screen screen;
  private final DriverOutput output;
  private final ProgressLines lines;

  ApplicationRun(KubernetesClient client, ObjectMeta created, Screen screen) {
    this.client = client;
    this.created = created;
    this.screen = screen;
    this.output = new DriverOutput(client, created.getNamespace(), screen);
    this.lines = new ProgressLines(created.getName(), screen.hasBars());
  }

  /** Waits for the end and shows all that happens until then. */
  Outcome follow() throws InterruptedException {
    BlockingQueue<Optional<SparkApp>> seen = new LinkedBlockingQueue<>();
    SharedIndexInformer<SparkApp> informer =
        client
            .resources(SparkApp.class)
            .inNamespace(created.getNamespace())
            .withName(created.getName())
            .inform(new Forwarding(seen));
    try {
      while (true) {
        Optional<SparkApp> app = seen.take();
        if (app.isEmpty() || !isOurs(app.get())) {
          return new Outcome(false, created.getName() + " was deleted while it ran.");
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
    return created.getUid().equals(app.getMetadata().getUid());
  }

  private Optional<Outcome> show(SparkApp app) throws InterruptedException {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    if (status.phase() == null) {
      return Optional.empty();
    }
    Optional<String> pod = podWithLog(status);
    if (pod.isPresent()) {
      output.start(pod.get(), LAST_LINES);
    }
    if (status.phase().isTerminal()) {
      output.finish(LAST_LINES);
      return Optional.of(new Outcome(status.phase() == Phase.Succeeded, status.message()));
    }
    lines.next(status, Instant.now()).ifPresent(screen::say);
    screen.bars(ProgressBars.lines(status.progress(), screen.columns()));
    return Optional.empty();
  }

  /** A driver that runs has a log, and one that has an exit code, however quickly it ended. */
  private Optional<String> podWithLog(SparkAppStatus status) {
    if (status.phase() == Phase.Restarting) {
      PastAttempt last = status.history().get(status.history().size() - 1);
      return Optional.of(created.getName() + "-" + last.attempt() + "-driver")
          .filter(pod -> last.exitCode() != null);
    }
    boolean ran =
        status.phase() == Phase.Running
            || status.phase().isTerminal()
                && status.driver() != null
                && status.driver().exitCode() != null;
    return ran ? Optional.of(status.driver().pod()) : Optional.empty();
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
