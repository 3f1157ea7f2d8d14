package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.CachedForm;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What applications hold when an operator begins. While their pods are not read yet, of most the
 * request tells how much that is at most, and only of the others pods are looked at.
 */
final class Holdings {

  private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

  private final ApplicationCaches caches;
  private final KubernetesClient client;
  private final CachedForm form;
  private final Map<ResourceID, ExecutorRequest> requests;
  private final Instant now;

  /**
   * What is known of one.
   *
   * @param seen whether its pods were; else it may have all that it was granted
   */
  record Held(Observed observed, boolean seen) {}

  /**
   * @param requests as they were written last
   */
  Holdings(
      ApplicationCaches caches,
      KubernetesClient client,
      CachedForm form,
      Map<ResourceID, ExecutorRequest> requests,
      Instant now) {
    this.caches = caches;
    this.client = client;
    this.form = form;
    this.requests = requests;
    this.now = now;
  }

  /** Of each application; of none that can not be read. */
  List<Held> of(List<SparkApp> applications) {
    if (caches.pods().areRead()) {
      return observed(applications, caches.pods()::of, true);
    }
    List<Held> held = new ArrayList<>();
    List<SparkApp> moving = new ArrayList<>();
    for (Held each : observed(applications, app -> List.of(), false)) {
      if (each.observed().holdsWhatWasGranted()) {
        held.add(each);
      } else {
        moving.add(each.observed().app());
      }
    }
    if (!moving.isEmpty()) {
      held.addAll(observed(moving, pods(moving), true));
    }
    return held;
  }

  private Function<SparkApp, List<Pod>> pods(List<SparkApp> applications) {
    Set<String> names =
        applications.stream().map(app -> app.getMetadata().getName()).collect(Collectors.toSet());
    Optional<Map<ResourceID, List<Pod>>> live = new LivePods(client, form).of(names);
    if (live.isPresent()) {
      return app -> live.get().getOrDefault(ResourceID.fromResource(app), List.of());
    }
    caches.pods().readNow();
    caches.pods().awaitRead();
    return caches.pods()::of;
  }

  private List<Held> observed(
      List<SparkApp> applications, Function<SparkApp, List<Pod>> pods, boolean seen) {
    return applications.parallelStream()
        .flatMap(app -> observed(app, pods).stream())
        .map(each -> new Held(each, seen))
        .toList();
  }

  private Optional<Observed> observed(SparkApp app, Function<SparkApp, List<Pod>> pods) {
    try {
      Observed cached = caches.observe(app, pods.apply(app), now);
      ResourceID request =
          new ResourceID(cached.names().applicationId(), cached.names().namespace());
      return Optional.of(
          cached.withRequest(
              Optional.ofNullable(requests.get(request))
                  .filter(each -> Ownership.ownedBy(each, app))));
    } catch (RuntimeException e) {
      LOG.error("{}: what it holds could not be read", SparkAppNews.id(app), e);
      return Optional.empty();
    }
  }
}
