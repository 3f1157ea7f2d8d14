package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Action;
import io.sparkapp.operator.applicationmaster.MissingReferences;
import io.sparkapp.operator.metrics.ApplicationMeters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out actions, in order; the pods of one action all at once on a bounded pool. Every action
 * may be repeated: a create that finds an object of ours takes it over, a delete that finds nothing
 * is done.
 */
public final class ActionRunner {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

  private final KubernetesClient client;
  private final Executor pool;
  private final AttemptObjects attempts;
  private final PodObjects pods;
  private final ClaimObjects claims;
  private final PodGroupObjects podGroups;
  private final ReferencedObjects referenced;
  private final Announcer announcer;

  /**
   * @param pool bounded; pods are created and patched on it
   */
  public ActionRunner(
      KubernetesClient client, Executor pool, DriverAccess driverAccess, Announcer announcer) {
    this.client = client;
    this.pool = pool;
    this.attempts = new AttemptObjects(client, driverAccess);
    this.pods = new PodObjects(client, driverAccess);
    this.claims = new ClaimObjects(client);
    this.podGroups = new PodGroupObjects(client);
    this.referenced = new ReferencedObjects(client);
    this.announcer = announcer;
  }

  /**
   * What was just written is put into these caches, so that the next decision already knows it.
   *
   * @param meters count what drivers are told
   */
  void remember(
      InformerEventSource<Pod, SparkApp> podCache,
      InformerEventSource<ExecutorRequest, SparkApp> requestCache,
      ApplicationMeters meters) {
    pods.remember(podCache);
    attempts.remember(requestCache, meters);
  }

  /** Looks for what pods refer to. */
  MissingReferences missing() {
    return referenced;
  }

  /**
   * Carries the actions out.
   *
   * @throws MissingReferencesException when something is not there that pods refer to
   * @throws RefusedByApiServerException when an object will never be taken
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when it may be taken later
   */
  void run(SparkApp app, List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Require require) {
        referenced.require(app.getMetadata().getNamespace(), require.references());
      } else if (action instanceof Action.OpenAttempt open) {
        attempts.open(app, open);
      } else if (action instanceof Action.Answer answer) {
        attempts.answer(app, answer);
      } else if (action instanceof Action.CreateClaims create) {
        ExecutorRequest owner = claims.owner(app, create.request());
        inParallel(create.claims(), claim -> claims.create(claim, owner));
      } else if (action instanceof Action.CreatePodGroup create) {
        podGroups.create(create.group(), claims.owner(app, create.request()));
      } else if (action instanceof Action.CreatePods create) {
        inParallel(create.pods(), pod -> pods.create(app, pod));
      } else if (action instanceof Action.TellDriverAddress tell) {
        inParallel(tell.pods(), pod -> pods.tellDriverAddress(app, pod, tell.address()));
      } else if (action instanceof Action.DeletePods delete) {
        LOG.debug(
            "{}: deletes {}: {}", ResourceID.fromResource(app), delete.pods(), delete.reason());
        inParallel(delete.pods(), pod -> pods.delete(app, pod));
      } else if (action instanceof Action.DeletePodsWith delete) {
        client
            .pods()
            .inNamespace(app.getMetadata().getNamespace())
            .withLabels(delete.labels())
            .delete();
      } else if (action instanceof Action.CloseAttempt close) {
        attempts.close(app, close.request());
      } else if (action instanceof Action.DeleteApplication) {
        deleteApplication(app);
      } else if (action instanceof Action.Announce announce) {
        announcer.announce(app, announce);
      }
    }
  }

  /** Not a changed one: its user may have given it longer to live. */
  private void deleteApplication(SparkApp app) {
    LOG.info("{}: its time to live is over", ResourceID.fromResource(app));
    try {
      client.resource(app).lockResourceVersion().delete();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isAlreadyThere(e) && !ApiRefusal.isGone(e)) {
        throw e;
      }
    }
  }

  private <T> void inParallel(List<T> items, Consumer<T> call) {
    if (items.size() <= 1) {
      items.forEach(call);
      return;
    }
    List<CompletableFuture<Void>> calls =
        items.stream()
            .map(item -> CompletableFuture.runAsync(() -> call.accept(item), pool))
            .toList();
    try {
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
