package io.sparkapp.cli;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One application as it changes, to its end. */
final class ApplicationWatch {

  /** What belongs to an application changes without it, and times do by themselves. */
  private static final Duration REDRAW = Duration.ofSeconds(2);

  private final Applications applications;
  private final String name;

  ApplicationWatch(Applications applications, String name) {
    this.applications = applications;
    this.name = name;
  }

  /**
   * Waits for the end.
   *
   * @param news is given each change
   * @param view is given the latest, now and then
   * @return how it ended; empty when the API server is away for good
   * @throws CommandFailure when there is none, or none any more
   */
  Optional<SparkApp> toItsEnd(Consumer<SparkApp> news, Consumer<SparkApp> view)
      throws InterruptedException {
    Changes<SparkApp> changes = new Changes<>();
    try (SharedIndexInformer<SparkApp> informer = applications.resource(name).inform(changes, 0)) {
      SparkApp app = applications.get(name);
      while (informer.isRunning()) {
        for (Changes.Change<SparkApp> change : changes.next(REDRAW)) {
          if (change.gone()) {
            throw CommandFailure.failed(name + " was deleted.");
          }
          app = change.object();
          news.accept(app);
        }
        view.accept(app);
        if (StatusScreen.isFinished(app)) {
          return Optional.of(app);
        }
      }
    }
    return Optional.empty();
  }
}
