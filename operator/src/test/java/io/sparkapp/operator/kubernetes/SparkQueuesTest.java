package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.SparkQueueStatus;
import io.sparkapp.operator.ManualClock;
import io.sparkapp.operator.ManualTimer;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of SparkQueues as they are written. */
class SparkQueuesTest {

  private static final String HALF = "guaranteed: {cpu: \"5\"}";
  private static final String TEN = "max: {cpu: \"10\"}";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T08:00:00Z"));
  private final ManualTimer timer = new ManualTimer(clock);
  private final QueuedResourceManager resourceManager =
      new QueuedResourceManager(clock, timer, new QueueNews());
  private final Queues queues = new Queues(resourceManager);

  @BeforeEach
  void begin() {
    resourceManager.begin(List.of());
  }

  @AfterEach
  void close() {
    resourceManager.close();
    timer.shutdownNow();
  }

  private static SparkQueue queue(String name, String spec) {
    SparkQueue queue = new SparkQueue();
    queue.setMetadata(new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
    queue.setSpec(Serialization.unmarshal(spec, SparkQueueSpec.class));
    return queue;
  }

  /** As an operator before this one has left it. */
  private static SparkQueue left(SparkQueue queue, boolean ready) {
    queue.setStatus(
        Serialization.unmarshal(
            """
            observedGeneration: 1
            conditions: [{type: Ready, status: "%s"}]
            """
                .formatted(ready ? "True" : "False"),
            SparkQueueStatus.class));
    return queue;
  }

  private static SparkQueue deleted(SparkQueue queue) {
    queue.getMetadata().setDeletionTimestamp("2026-11-21T08:00:00Z");
    return queue;
  }

  private boolean isInForce(SparkQueue queue) {
    return queues.verdict(queue).orElseThrow().inForce().isPresent();
  }

  private boolean isAtFault(SparkQueue queue) {
    return queues.verdict(queue).orElseThrow().fault().isPresent();
  }

  @Test
  void oneThatWasNeverInForceTakesNoGoodOnesDownWithItWhenAnOperatorStarts() {
    SparkQueue root = left(queue("root", TEN), true);
    SparkQueue etl = left(queue("etl", HALF), true);
    SparkQueue science = left(queue("science", HALF), true);
    SparkQueue greedy = left(queue("greedy", HALF), false);

    queues.are(List.of(root, etl, science, greedy));

    assertThat(List.of(root, etl, science)).allMatch(this::isInForce).noneMatch(this::isAtFault);
    assertThat(isInForce(greedy)).isFalse();
    assertThat(isAtFault(greedy)).isTrue();
  }

  @Test
  void oneThatNobodyHasLookedAtYetTakesNoGoodOnesDown() {
    SparkQueue etl = left(queue("etl", HALF), true);
    SparkQueue root = left(queue("root", TEN), true);
    SparkQueue fresh = queue("fresh", "guaranteed: {cpu: \"6\"}");
    fresh.setStatus(SparkQueueStatus.NONE);

    queues.are(List.of(root, etl, fresh));

    assertThat(isInForce(etl)).isTrue();
    assertThat(isAtFault(etl)).isFalse();
    assertThat(isInForce(fresh)).isFalse();
  }

  @Test
  void oneThatWasChangedWhileThereWasNoOperatorTakesNoGoodOnesDown() {
    SparkQueue root = left(queue("root", TEN), true);
    SparkQueue etl = left(queue("etl", HALF), true);
    SparkQueue changed = left(queue("changed", "guaranteed: {cpu: \"6\"}"), true);
    changed.getMetadata().setGeneration(2L);

    queues.are(List.of(root, etl, changed));

    assertThat(isInForce(etl)).isTrue();
    assertThat(isAtFault(etl)).isFalse();
    assertThat(isAtFault(changed)).isTrue();
  }

  @Test
  void absurdAmountsAreTheFaultOfTheirQueueAndStopNoOther() {
    for (String absurd :
        new String[] {
          "perUser: {max: {memory: 16Ei}}",
          "perUser: {max: {cpu: \"1e17\"}}",
          "perNamespace: {max: {memory: \"1e30\"}}"
        }) {
      SparkQueue etl = queue("etl", HALF);
      SparkQueue odd = queue("odd", absurd);

      queues.are(List.of(etl, odd));

      assertThat(isInForce(etl)).as(absurd).isTrue();
      assertThat(isInForce(odd)).as(absurd).isFalse();
      assertThat(queues.verdict(odd).orElseThrow().fault().orElseThrow()).contains("odd");
      assertThat(resourceManager.queues()).containsKey("etl").doesNotContainKey("odd");
    }
  }

  @Test
  void deletedQueuesThatAreAboveEachOtherCanAllGo() {
    SparkQueue hen = queue("hen", "parent: egg");
    SparkQueue egg = queue("egg", "parent: hen");
    queues.are(List.of(hen, egg));
    assertThat(queues.isParent("hen")).isTrue();

    queues.are(List.of(deleted(queue("hen", "parent: egg")), deleted(queue("egg", "parent: hen"))));

    assertThat(queues.isParent("hen")).isFalse();
    assertThat(queues.isParent("egg")).isFalse();
  }

  @Test
  void oneThatIsStoppedAndDeletedIsNewsThoughItsSpecStaysTheSame() {
    queues.are(List.of(queue("hen", "parent: egg\nstate: Stopped"), queue("egg", "parent: hen")));

    assertThat(
            queues.are(
                List.of(
                    deleted(queue("hen", "parent: egg\nstate: Stopped")),
                    queue("egg", "parent: hen"))))
        .isTrue();
    assertThat(queues.isParent("egg")).isFalse();
  }

  @Test
  void aQueueInForceWaitsForThoseUnderItAlsoWhenTheyAreDeleted() {
    SparkQueue child = deleted(queue("etl", "parent: acme"));

    queues.are(List.of(deleted(queue("acme", "{}")), child));

    assertThat(queues.isParent("acme")).isTrue();
    assertThat(queues.isParent("etl")).isFalse();
  }

  @Test
  void theQueueRootMayGoThoughOthersNameItForItIsThereWithoutBeingWritten() {
    queues.are(List.of(deleted(queue("root", TEN)), queue("etl", "parent: root")));

    assertThat(queues.isParent("root")).isFalse();
  }
}
