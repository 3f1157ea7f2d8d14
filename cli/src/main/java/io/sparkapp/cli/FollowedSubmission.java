package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.cli.ApplicationRun.Outcome;
import java.util.Optional;

/**
 * Brings an application to a cluster, the local one too when it is not up yet, and stays with it to
 * its end unless its user wants to go at once.
 */
final class FollowedSubmission {

  private final ClusterChoice cluster;
  private final GenericKubernetesResource wanted;
  private final Screen screen;

  /**
   * @param wanted without a namespace for that of the cluster's choice
   */
  FollowedSubmission(ClusterChoice cluster, GenericKubernetesResource wanted, Screen screen) {
    this.cluster = cluster;
    this.wanted = wanted;
    this.screen = screen;
  }

  /**
   * Follows it, with the driver's output. Ctrl-C stops the application.
   *
   * @return 0 when it succeeded
   */
  int toItsEnd() throws Exception {
    return use(this::followed);
  }

  /**
   * Only submits it.
   *
   * @return the metadata of what was created
   */
  ObjectMeta alone() throws Exception {
    return use(client -> new Submission(client, wanted).submit());
  }

  private <T> T use(ClusterChoice.Use<T> use) throws Exception {
    if (cluster.isLocal()) {
      LocalCommand.start(Optional.empty(), screen::say);
    }
    return cluster.use(
        client -> {
          cluster.namespace(client, wanted).ifPresent(wanted.getMetadata()::setNamespace);
          return use.of(client);
        });
  }

  private int followed(KubernetesClient client) throws InterruptedException {
    StopOnInterrupt interrupt = StopOnInterrupt.install(client.getConfiguration(), screen);
    ObjectMeta created = new Submission(client, wanted).submit();
    interrupt.started(created);
    if (wanted.getMetadata().getName() == null) {
      screen.say("Submitted " + created.getName() + ".");
    }
    Outcome outcome = new ApplicationRun(client, created, screen).follow();
    if (interrupt.ended()) {
      screen.end(outcome.line());
    }
    return outcome.exitCode();
  }
}
