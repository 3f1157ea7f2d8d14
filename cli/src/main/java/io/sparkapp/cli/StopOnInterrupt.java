package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.SparkApp;
import java.util.concurrent.atomic.AtomicReference;

/** Ctrl-C ends the application that this command started, unless that has ended by itself. */
final class StopOnInterrupt {

  private final Config config;
  private final Screen screen;
  private final AtomicReference<ObjectMeta> started = new AtomicReference<>();

  private StopOnInterrupt(Config config, Screen screen) {
    this.config = config;
    this.screen = screen;
  }

  /** Takes effect from now on, for what is {@link #started} later. */
  static StopOnInterrupt install(Config config, Screen screen) {
    StopOnInterrupt stop = new StopOnInterrupt(config, screen);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::stop, "stop"));
    return stop;
  }

  void started(ObjectMeta app) {
    started.set(app);
  }

  /**
   * The application was followed to its end, so there is nothing to stop.
   *
   * @return false when Ctrl-C came first
   */
  boolean ended() {
    return started.getAndSet(null) != null;
  }

  private void stop() {
    ObjectMeta app = started.getAndSet(null);
    if (app == null) {
      return;
    }
    screen.close("Stopping " + app.getName() + ".");
    // The command's own client may be closed at any moment now.
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      var resource =
          client.resources(SparkApp.class).inNamespace(app.getNamespace()).withName(app.getName());
      SparkApp there = resource.get();
      boolean runs =
          there != null
              && there.getMetadata().getUid().equals(app.getUid())
              && !StatusScreen.isFinished(there);
      if (runs) {
        resource.delete();
      }
      System.err.println(app.getName() + (runs ? " is stopped." : " had ended already."));
    } catch (KubernetesClientException e) {
      System.err.println(
          "%s can not be stopped: %s Stop it later with sparkapp kill %s."
              .formatted(app.getName(), Refusal.sentences(e), app.getName()));
    }
  }
}
