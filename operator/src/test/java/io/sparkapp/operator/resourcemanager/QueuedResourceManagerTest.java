package io.sparkapp.operator.resourcemanager;

import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.CORE;
import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.START;
import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.demand;
import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ResourceManager's front: who is answered when, and who hears of it. */
class QueuedResourceManagerTest {

  private final PassesUnderWatch passes = new PassesUnderWatch();
  private final QueuedResourceManager resourceManager = passes.resourceManager();

  @AfterEach
  void close() {
    passes.close();
  }

  @Test
  void nobodyIsAnsweredBeforeAllWereToldOf() {
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(IllegalStateException.class);

    resourceManager.begin(List.of());

    assertThat(passes.admits(demand(1, 1, 0, false))).isTrue();
  }

  @Test
  void whatWasWrittenDownIsInForceForANewOperator() {
    passes.cores(4);
    resourceManager.begin(List.of(demand(2, 3, 3, true)));

    assertThat(passes.admits(demand(1, 1, 0, false))).isFalse();
    assertThat(resourceManager.allocate(demand(2, 3, 3, true)).grants())
        .containsExactly(new Grant(0, 3));
  }

  @Test
  void whatWasDecidedGoesBeforeWhatWasWrittenDown() {
    passes.cores(4);
    resourceManager.begin(List.of());
    resourceManager.allocate(demand(1, 3, 0, false));

    // It was not passes.told() yet, or a cache lags.
    Allocation allocation = resourceManager.allocate(demand(1, 3, 0, false));

    assertThat(allocation.admission()).isInstanceOf(Admission.Admitted.class);
    assertThat(allocation.grants()).containsExactly(new Grant(0, 3));
  }

  @Test
  void whoFitsIsAdmittedByTheVeryDecisionThatAsksAndNobodyElseIsWoken() {
    passes.cores(4);
    resourceManager.begin(List.of());

    assertThat(passes.admits(demand(1, 3, 0, false))).isTrue();

    assertThat(passes.told()).isEmpty();
  }

  @Test
  void whoWaitsIsWokenWhenItIsAdmitted() {
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.admits(demand(1, 3, 0, false));
    assertThat(passes.admits(demand(2, 1, 0, false))).isFalse();

    resourceManager.release(id(1));

    assertThat(passes.told()).containsExactly(id(2));
    assertThat(passes.admits(demand(2, 1, 0, false))).isTrue();
  }

  @Test
  void releasedTwiceIsReleased() {
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.admits(demand(1, 3, 0, false));

    resourceManager.release(id(1));
    resourceManager.release(id(1));

    assertThat(resourceManager.queues().get("default").used().isNone()).isTrue();
    assertThat(resourceManager.applications()).isEmpty();
  }

  @Test
  void howManyAreIdleIsNoReasonForAPassAndKnownToTheNext() {
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.admits(demand(1, 3, 0, false));
    Map<String, QueueReport> before = resourceManager.queues();

    resourceManager.allocate(demand(1, 3, 3, 2, true));
    resourceManager.allocate(demand(1, 3, 3, 1, true));

    // The first tells of pods as well.
    Map<String, QueueReport> between = resourceManager.queues();
    assertThat(between).isNotSameAs(before);
    resourceManager.allocate(demand(1, 3, 3, 0, true));
    assertThat(resourceManager.queues()).isSameAs(between);
  }

  @Test
  void theFirstInLineHearOfTheirNewPlacesSoonThoseFarBehindNowAndThen() {
    passes.cores(2);
    resourceManager.begin(List.of());
    for (int number = 1; number <= 50; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    passes.timePasses(Duration.ofSeconds(40));
    passes.told().clear();

    resourceManager.release(id(1));
    assertThat(passes.told()).containsExactly(id(2));
    passes.told().clear();
    resourceManager.allocate(demand(2, 1, 1, true));

    passes.timePasses(Duration.ofSeconds(2));

    assertThat(new TreeSet<>(passes.told()))
        .hasSize(Bulletin.SOON_TOLD)
        .contains(id(3), id(22))
        .doesNotContain(id(23));
    assertThat(passes.toldOfQueues()).isPositive();

    passes.told().clear();
    passes.timePasses(Duration.ofSeconds(30));

    assertThat(passes.told()).contains(id(23), id(50));
  }

  @Test
  void whoHeardHisPlaceIsNotToldItAgain() {
    passes.cores(2);
    resourceManager.begin(List.of());
    for (int number = 1; number <= 5; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    for (int number = 1; number <= 5; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    passes.told().clear();

    passes.timePasses(Duration.ofMinutes(2));

    assertThat(passes.told()).isEmpty();
  }

  @Test
  void knowsWhichQueuesAreInForce() {
    assertThat(resourceManager.queues().keySet()).allMatch(resourceManager::hasQueue);
    assertThat(resourceManager.queues()).isNotEmpty();
    assertThat(resourceManager.hasQueue("never-made")).isFalse();
  }

  @Test
  void looksAgainWhenTimeAloneChangesSomething() {
    // An old one keeps the first in line from starting; small ones pass it, for a while.
    QueueTree tree =
        QueueTree.of(Map.of("default", Queues.spec("backfillFor: 1m")), QueueTree.BARE).inForce();
    resourceManager.queuesAre(tree);
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.admits(demand(1, 1, 0, false));
    assertThat(passes.admits(big(2))).isFalse();
    assertThat(passes.admits(demand(3, 1, 0, false))).as("it passes").isTrue();
    resourceManager.release(id(3));

    passes.timePasses(Duration.ofSeconds(61));

    assertThat(passes.admits(demand(4, 1, 0, false))).as("room is kept").isFalse();
  }

  private static ApplicationDemand big(int number) {
    return new ApplicationDemand(
        id(number),
        "default",
        Optional.empty(),
        Optional.empty(),
        0,
        START.plusSeconds(number),
        CORE,
        3,
        List.of(new Ask(0, CORE, 3, 0, 0, 0, Optional.empty())),
        false);
  }
}
