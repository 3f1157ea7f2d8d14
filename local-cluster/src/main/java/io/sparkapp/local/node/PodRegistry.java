package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of the node: one runner for each UID. */
final class PodRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PodRegistry.class);

  private record Name(String namespace, String name) {}

  private final NodeServices services;
  private final Map<String, PodRunner> byUid = new ConcurrentHashMap<>();
  private final Map<Name, PodRunner> byName = new ConcurrentHashMap<>();

  PodRegistry(NodeServices services) {
    this.services = services;
  }

  /** A pod of this node was seen, for the first time or again. */
  void observed(Pod pod) {
    PodRunner known = byUid.get(pod.getMetadata().getUid());
    if (known != null) {
      known.update(pod);
      return;
    }
    PodRunner runner = new PodRunner(services, pod);
    byUid.put(pod.getMetadata().getUid(), runner);
    byName.put(name(pod), runner);
    runner.begin();
  }

  /** A pod's object is gone. */
  void gone(Pod pod) {
    PodRunner runner = byUid.remove(pod.getMetadata().getUid());
    if (runner != null) {
      byName.remove(name(pod), runner);
      runner.gone();
    }
  }

  Optional<PodRunner> find(String namespace, String name) {
    return Optional.ofNullable(byName.get(new Name(namespace, name)));
  }

  /** Deletes the files of pods that ended while no agent was there. */
  void forgetAllBut(Collection<String> uids) {
    PodDirectory.allIn(services.pods()).stream()
        .filter(directory -> !uids.contains(directory.uid()))
        .filter(directory -> !byUid.containsKey(directory.uid()))
        .forEach(PodDirectory::delete);
  }

  /**
   * Ends all processes.
   *
   * @param grace after which they are killed
   * @param bound after which the caller goes on anyway
   */
  void shutDown(Duration grace, Duration bound) {
    CompletableFuture<?>[] ends =
        byUid.values().stream()
            .map(runner -> runner.shutDown(grace))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Some processes of pods may still run.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Name name(Pod pod) {
    return new Name(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }
}
