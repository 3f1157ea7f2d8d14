package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueListTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final ManualClock clock = new ManualClock(NOW);
  private final QueueHistory history = new QueueHistory(clock);

  @Test
  void childrenComeAfterTheirParentsAndThoseWithoutOneAtTheEnd() {
    QueueList list =
        QueueList.of(
            List.of(
                queue("adhoc", "analytics", "1%"),
                queue("lost", "nowhere", "1%"),
                queue("analytics", null, "1%"),
                queue("etl", null, "1%")),
            history,
            NOW);

    assertThat(list.queues())
        .extracting(QueueList.Row::name, QueueList.Row::depth)
        .containsExactly(
            tuple("analytics", 0), tuple("adhoc", 1), tuple("etl", 0), tuple("lost", 0));
  }

  @Test
  void queuesThatAreAboveEachOtherDoNotKeepThePageForever() {
    assertThat(
            QueueList.of(List.of(queue("a", "b", "1%"), queue("b", "a", "1%")), history, NOW)
                .queues())
        .extracting(QueueList.Row::name)
        .containsExactly("a", "b");
  }

  @Test
  void amountsAreComparedWhateverTheirUnit() {
    QueueList.Use use =
        QueueList.of(List.of(queue("a", null, "1%")), history, NOW)
            .queues()
            .get(0)
            .resources()
            .get(0);

    assertThat(use.used()).isEqualTo("1500m");
    assertThat(use.parts().used()).isEqualTo(1.5);
    assertThat(use.parts().most()).isEqualTo(4);
    assertThat(use.guaranteed()).isNull();
  }

  @Test
  void aHistoryKeepsOnePointInHalfAMinuteAndNoneWhereNothingChanges() {
    for (String share : List.of("10%", "10%", "20%")) {
      history.are(List.of(queue("a", null, share)));
    }
    clock.set(clock.instant().plus(Duration.ofSeconds(40)));
    history.are(List.of(queue("a", null, "20%")));
    history.are(List.of(queue("a", null, "30%")));

    assertThat(history.of("a"))
        .extracting(QueueHistory.Point::at, QueueHistory.Point::percent)
        .containsExactly(tuple(NOW, 20), tuple(NOW.plusSeconds(40), 30));
  }

  @Test
  void aHistoryIsBoundedAndGoesWithItsQueue() {
    for (int i = 0; i < 2 * QueueHistory.MOST; i++) {
      clock.set(clock.instant().plus(Duration.ofMinutes(1)));
      history.are(List.of(queue("a", null, i % 100 + "%")));
    }
    assertThat(history.of("a")).hasSize(QueueHistory.MOST);

    history.are(List.of(queue("b", null, "1%")));
    assertThat(history.of("a")).isEmpty();
  }

  @Test
  void aQueueOfAVersionThatWasSeenIsNotLookedAtAgain() {
    SparkQueue seen = queue("a", null, "10%");
    seen.getMetadata().setResourceVersion("7");
    history.are(List.of(seen));
    SparkQueue same = queue("a", null, "never read");
    same.getMetadata().setResourceVersion("7");
    SparkQueue other = queue("b", null, "20%");
    clock.set(clock.instant().plus(Duration.ofMinutes(1)));

    history.are(List.of(same, other));

    assertThat(history.of("a")).extracting(QueueHistory.Point::percent).containsExactly(10);
    assertThat(history.of("b")).extracting(QueueHistory.Point::percent).containsExactly(20);
  }

  @Test
  void aQueueIsKnownToHaveBeenAsItIsSinceItsStatusWasWritten() {
    SparkQueue queue = queue("a", null, "10%");
    queue
        .getMetadata()
        .setManagedFields(
            List.of(
                written("status", NOW.minusSeconds(600)),
                written(null, NOW.minusSeconds(30)),
                written("status", NOW.minusSeconds(300))));
    SparkQueue old = queue("b", null, "20%");
    old.getMetadata().setManagedFields(List.of(written("status", NOW.minus(Duration.ofDays(9)))));

    history.are(List.of(queue, old));
    clock.set(NOW.plusSeconds(5));
    history.are(List.of(queue("a", null, "30%"), old));

    assertThat(history.of("a"))
        .extracting(QueueHistory.Point::at, QueueHistory.Point::percent)
        .containsExactly(tuple(NOW.minusSeconds(300), 10), tuple(NOW.plusSeconds(5), 30));
    assertThat(history.of("b"))
        .extracting(QueueHistory.Point::at)
        .containsExactly(NOW.minus(Duration.ofHours(2)));
  }

  private static ManagedFieldsEntry written(String subresource, Instant time) {
    return new ManagedFieldsEntryBuilder()
        .withSubresource(subresource)
        .withTime(time.toString())
        .build();
  }

  private static SparkQueue queue(String name, String parent, String share) {
    return Serialization.unmarshal(
        Serialization.asJson(
            Map.of(
                "apiVersion",
                "sparkapp.io/v1alpha1",
                "kind",
                "SparkQueue",
                "metadata",
                Map.of("name", name),
                "spec",
                parent == null ? Map.of() : Map.of("parent", parent),
                "status",
                Map.of(
                    "used",
                    Map.of("cpu", "1500m"),
                    "capacity",
                    Map.of("cpu", "4"),
                    "share",
                    share,
                    "running",
                    1,
                    "waiting",
                    0))),
        SparkQueue.class);
  }
}
