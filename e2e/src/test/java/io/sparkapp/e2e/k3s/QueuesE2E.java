package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two queues share half a core, 70 to 30: five executors, or drivers, of a tenth of a core. */
@OnK3s
@Isolated("it measures how soon a queue has its guarantee back")
class QueuesE2E {

  /** What the issue of queues promises, from asking for a guarantee to having it. */
  private static final Duration GUARANTEE_IS_BACK = Duration.ofSeconds(15);

  private static final List<String> QUEUES = List.of("e2e-analytics", "e2e-nightly", "e2e-teams");

  private Cluster cluster;

  @BeforeEach
  void install(Cluster cluster) {
    this.cluster = cluster;
    cluster.chart().ensureInstalled();
    queue("e2e-teams", "max: {cpu: 500m}");
    queue("e2e-analytics", "{parent: e2e-teams, guaranteed: {cpu: 350m}, preemption: {delay: 2s}}");
    queue("e2e-nightly", "{parent: e2e-teams, guaranteed: {cpu: 150m}}");
  }

  @AfterEach
  void clearUp() {
    QUEUES.forEach(name -> cluster.client().resources(SparkQueue.class).withName(name).delete());
  }

  private void queue(String name, String spec) {
    SparkQueue queue = new SparkQueue();
    queue.getMetadata().setName(name);
    queue.setSpec(Serialization.unmarshal("---\n" + spec, SparkQueueSpec.class));
    cluster.client().resource(queue).createOr(existing -> existing.update());
  }

  @Test
  void aQueueBorrowsAndTheOtherGetsItsGuaranteeBackWithoutATaskThatFails(
      Applications applications) {
    Application borrower =
        applications.apply(
            Manifest.running("borrower", "SlowCount", 4, "120", "500")
                .with("spec.queue", "e2e-nightly")
                .with("spec.executor.min", "1")
                .with("spec.executor.max", "4"));
    borrower.awaitTasks();
    borrower.awaitStatus(
        "has four executors, of which two are borrowed",
        status -> "4/4".equals(status.executors().summary()));

    long asked = System.nanoTime();
    Application owner =
        applications.apply(
            Manifest.running("owner", "Pi", 2, "8").with("spec.queue", "e2e-analytics"));
    owner.awaitStatus(
        "has its guarantee",
        status -> status.phase() == Phase.Starting || status.phase() == Phase.Running);
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    System.out.println("from asking to the guarantee: " + took.toMillis() + " ms");

    assertThat(took).isLessThan(GUARANTEE_IS_BACK);
    assertThat(owner.status().executors().granted()).isEqualTo(2);
    assertThat(owner.events()).anyMatch(event -> event.startsWith("Admitted: "));
    assertThat(borrower.events())
        .anyMatch(event -> event.startsWith("ExecutorsReclaimed: Queue e2e-nightly takes"));
    owner.awaitSuccess();
    SparkAppStatus end = borrower.awaitSuccess();
    assertThat(borrower.driverLog()).contains("count: 120");
    assertThat(end.executors().failed()).isZero();
    assertThat(end.progress().tasks().failed()).isZero();
    assertThat(borrower.events()).noneMatch(event -> event.startsWith("ExecutorLost"));
  }
}
