package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import io.sparkapp.operator.kubernetes.Queues.Verdict;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.QueueReport;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueueStatusReportTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Verdict IN_FORCE =
      new Verdict(Optional.empty(), Optional.of(SparkQueueSpec.DEFAULT));

  private static SparkQueue queue(QueueState state) {
    SparkQueue queue = new SparkQueue();
    queue.setMetadata(new ObjectMetaBuilder().withName("etl").withGeneration(3L).build());
    queue.setSpec(SparkQueueSpec.DEFAULT.withState(state));
    return queue;
  }

  private static QueueReport report(Ceiling reach) {
    return new QueueReport(
        "etl",
        Resources.NONE,
        reach,
        new Resources(12_500, 24L << 30),
        new Resources(1000, 1L << 30),
        31,
        4,
        1,
        true);
  }

  private static SparkQueueStatus status(SparkQueue queue, Verdict verdict, Ceiling reach) {
    return new QueueStatusReport(queue, false, NOW).status(verdict, Optional.of(report(reach)));
  }

  private static Condition ready(SparkQueueStatus status) {
    return status.conditions().get(0);
  }

  @Test
  void columnsSayWhatIsUsedOfTheMost() {
    Ceiling most = new Ceiling(40_000, Ceiling.ANY, new TreeMap<>(), false);

    SparkQueueStatus status = status(queue(QueueState.Open), IN_FORCE, most);

    assertThat(status.summary().cpu()).isEqualTo("12500m/40");
    assertThat(status.summary().memory()).isEqualTo("24Gi");
    assertThat(status.share()).isEqualTo("31%");
    assertThat(status.message()).isEqualTo("4 applications run, 1 waits.");
    assertThat(ready(status).getStatus()).isEqualTo("True");
    assertThat(ready(status).getReason()).isEqualTo("InForce");
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.inForce()).isNull();
  }

  @Test
  void oneAtFaultSaysWhyAndWhatIsInForceInstead() {
    Verdict fault =
        new Verdict(Optional.of("Queue etl is under x."), Optional.of(SparkQueueSpec.under("all")));

    SparkQueueStatus status = status(queue(QueueState.Open), fault, Ceiling.NONE);

    assertThat(ready(status).getStatus()).isEqualTo("False");
    assertThat(ready(status).getReason()).isEqualTo("Invalid");
    assertThat(status.message())
        .isEqualTo("Queue etl is under x. What was in force before stays in force.");
    assertThat(status.inForce().parent()).isEqualTo("all");
  }

  @Test
  void oneAtFaultThatNeverWasInForceIsNotThere() {
    Verdict fault = new Verdict(Optional.of("Queue etl is under x."), Optional.empty());

    assertThat(
            new QueueStatusReport(queue(QueueState.Open), false, NOW)
                .status(fault, Optional.empty())
                .message())
        .isEqualTo("Queue etl is under x. Until then the queue is not there.");
  }

  @Test
  void drainingAndStoppedAreSaid() {
    assertThat(status(queue(QueueState.Draining), IN_FORCE, Ceiling.NONE).message())
        .startsWith("Draining: it takes nothing new in.");
    assertThat(status(queue(QueueState.Stopped), IN_FORCE, Ceiling.NONE).message())
        .startsWith("Stopped: it takes nothing new in and grants nothing.");
  }

  @Test
  void oneThatIsDeletedSaysWhatItWaitsFor() {
    SparkQueue queue = queue(QueueState.Open);
    queue.getMetadata().setDeletionTimestamp(NOW.toString());

    SparkQueueStatus status = status(queue, IN_FORCE, Ceiling.NONE);

    assertThat(ready(status).getReason()).isEqualTo("Deleting");
    assertThat(status.message())
        .isEqualTo(
            "Takes nothing in any more, and goes when the 4 applications that are charged to it are over.");
    assertThat(new QueueStatusReport(queue, true, NOW).status(IN_FORCE, Optional.empty()).message())
        .contains("goes when no queue names etl as its parent");
  }
}
