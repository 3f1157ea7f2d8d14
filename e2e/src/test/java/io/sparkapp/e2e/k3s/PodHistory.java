package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;

/** Every pod that a namespace ever had since the watch began: names, and the UIDs they had. */
final class PodHistory implements AutoCloseable {

  private final Map<String, Set<String>> uids = new ConcurrentSkipListMap<>();
  private final AtomicReference<WatcherException> broken = new AtomicReference<>();
  private final KubernetesClient client;
  private final String namespace;
  private final Watch watch;

  private PodHistory(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    watch =
        client
            .pods()
            .inNamespace(namespace)
            .watch(
                new Watcher<Pod>() {
                  @Override
                  public void eventReceived(Action action, Pod pod) {
                    remember(pod);
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    broken.set(cause);
                  }
                });
  }

  static PodHistory of(Applications applications) {
    return new PodHistory(applications.client(), applications.namespace());
  }

  /** The pods' UIDs by name; more than one when a pod was made twice. */
  Map<String, Set<String>> uids() {
    // A watch tells in order, but it may be late.
    List<Pod> there = client.pods().inNamespace(namespace).list().getItems();
    await()
        .until(
            () -> {
              assertThat(broken).as("why the watch of pods ended").hasNullValue();
              return there.stream().allMatch(this::isKnown);
            });
    return Map.copyOf(uids);
  }

  private boolean isKnown(Pod pod) {
    return uids.getOrDefault(pod.getMetadata().getName(), Set.of())
        .contains(pod.getMetadata().getUid());
  }

  private void remember(Pod pod) {
    uids.computeIfAbsent(pod.getMetadata().getName(), name -> new ConcurrentSkipListSet<>())
        .add(pod.getMetadata().getUid());
  }

  @Override
  public void close() {
    watch.close();
  }
}
