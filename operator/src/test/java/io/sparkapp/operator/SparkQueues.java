package io.sparkapp.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * The queues of an API server, as those write and read them who look after a cluster.
 *
 * @param admin may do everything
 */
record SparkQueues(KubernetesClient admin) {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Makes or changes one, and waits until an operator has looked at it. */
  void write(String name, String spec) {
    admin
        .resource(
            Serialization.unmarshal(
                "apiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: "
                    + name
                    + "}\nspec: "
                    + spec
                    + "\n",
                SparkQueue.class))
        .createOr(existing -> existing.update());
    await().atMost(SOON).until(() -> ready(name).isPresent());
  }

  SparkQueue get(String name) {
    return admin.resources(SparkQueue.class).withName(name).get();
  }

  SparkQueueStatus status(String queue) {
    return Optional.ofNullable(get(queue).getStatus()).orElse(SparkQueueStatus.NONE);
  }

  /** The condition, once it speaks of the latest spec. */
  Optional<Condition> ready(String name) {
    SparkQueue queue = get(name);
    return Optional.ofNullable(queue.getStatus())
        .filter(status -> queue.getMetadata().getGeneration().equals(status.observedGeneration()))
        .flatMap(status -> status.conditions().stream().findFirst());
  }

  void deleteAll() {
    admin.resources(SparkQueue.class).delete();
    await().atMost(SOON).until(() -> admin.resources(SparkQueue.class).list().getItems().isEmpty());
  }
}
