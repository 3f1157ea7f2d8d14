package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.Progress.ActiveStage;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows one application from its creation to its end. */
final class ApplicationRun {

  private static final Duration LAST_LINES = Duration.ofSeconds(10);

  /** Times change without anything else. */
  private static final Duration REDRAW = Duration.ofSeconds(1);

  private final Applications applications;
  private final ObjectMeta created;
  private final Screen screen;
  private final DriverOutput output;
  private final ProgressLines lines;
  private final StageLines stages;
  private Set<Integer> active = Set.of();

  ApplicationRun(KubernetesClient client, ObjectMeta created, Screen screen) {
    this.applications = new Applications(client, created.getNamespace());
    this.created = created;
    this.screen = screen;
    this.output = new DriverOutput(client, created.getNamespace(), screen);
    this.lines = new ProgressLines(created.getName(), screen.hasBars());
    this.stages = new StageLines(screen.columns());
  }

  /** Waits for the end and shows all that happens until then. */
  Outcome follow() throws InterruptedException {
    Changes<SparkApp> changes = new Changes<>();
    try (SharedIndexInformer<SparkApp> informer =
        applications.resource(created.getName()).inform(changes, 0)) {
      Optional<SparkApp> latest = Optional.empty();
      while (informer.isRunning()) {
        for (Changes.Change<SparkApp> change : changes.next(REDRAW)) {
          if (change.gone() || !isOurs(change.object())) {
            return new Outcome(false, created.getName() + " was deleted while it ran.");
          }
          latest = Optional.of(change.object());
          Optional<Outcome> outcome = show(change.object());
          if (outcome.isPresent()) {
            return outcome.get();
          }
        }
        latest.ifPresent(this::draw);
      }
    }
    throw CommandFailure.of(
        ExitCode.UNREACHABLE,
        "The API server answers no more. %s goes on without this command: sparkapp status %s shows how."
            .formatted(created.getName(), created.getName()));
  }

  private boolean isOurs(SparkApp app) {
    return created.getUid().equals(app.getMetadata().getUid());
  }

  private Optional<Outcome> show(SparkApp app) throws InterruptedException {
    SparkAppStatus status = ApplicationState.status(app);
    if (status.phase() == null) {
      return Optional.empty();
    }
    Optional<String> pod = podWithLog(status);
    if (pod.isPresent()) {
      output.start(pod.get(), LAST_LINES);
    }
    if (status.phase().isTerminal()) {
      output.finish(LAST_LINES);
      sum(app);
      return Optional.of(new Outcome(status.phase() == Phase.Succeeded, status.message()));
    }
    lines.next(status, Instant.now()).ifPresent(screen::say);
    tellStages(app);
    return Optional.empty();
  }

  /** Below the output: a bar for each stage that runs, and how all of it goes. */
  private void draw(SparkApp app) {
    if (screen.hasBars()) {
      List<String> drawn =
          new ArrayList<>(
              ProgressBars.lines(ApplicationState.status(app).progress(), screen.columns()));
      drawn.add(RunHeadline.line(app, Instant.now(), screen.columns()));
      screen.bars(drawn);
    }
  }

  /** When another set of stages runs, some have ended; the request knows which. */
  private void tellStages(SparkApp app) {
    Set<Integer> now = ids(ApplicationState.status(app).progress());
    if (screen.hasBars() && !now.containsAll(active)) {
      draw(app);
      Permission.ifAllowed(() -> applications.request(app))
          .flatMap(found -> found)
          .map(request -> request.getSpec().progress())
          .ifPresent(this::tell);
    }
    active = now;
  }

  private static Set<Integer> ids(Progress progress) {
    return progress == null || progress.active() == null
        ? Set.of()
        : progress.active().stream().map(ActiveStage::stage).collect(Collectors.toSet());
  }

  private void tell(Progress progress) {
    if (progress.graph() != null) {
      stages.next(progress.graph()).forEach(screen::say);
    }
  }

  /** Whoever reads on a terminal is told what came of it; programs have the last line. */
  private void sum(SparkApp app) {
    if (screen.hasBars()) {
      screen.bars(List.of());
      Optional.ofNullable(app.getStatus().progress()).ifPresent(this::tell);
      screen.say(RunHeadline.summary(app, Instant.now()));
    }
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
