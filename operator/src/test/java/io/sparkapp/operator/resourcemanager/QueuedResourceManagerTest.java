package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.operator.ManualClock;
import io.sparkapp.operator.ManualTimer;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ResourceManager's front: who is answered when, and who hears of it. */
class QueuedResourceManagerTest {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final Resources CORE = new Resources(1000, 1L << 30);

  private final ManualClock clock = new ManualClock(START);

  /** What happens when a pass asks for the time. */
  private Runnable inPass = () -> {};

  private final Clock clockOfPasses =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
          inPass.run();
          return clock.instant();
        }
      };

  private final ManualTimer timer = new ManualTimer(clock);
  private final List<ApplicationId> told = new ArrayList<>();
  private int ofQueues;
  private final QueuedResourceManager resourceManager = manager();

  private QueuedResourceManager manager() {
    return new QueuedResourceManager(
        clockOfPasses,
        timer,
        new QueuedResourceManager.News() {
          @Override
          public void of(Collection<ApplicationId> applications) {
            told.addAll(applications);
          }

          @Override
          public void ofQueues() {
            ofQueues++;
          }
        });
  }

  @AfterEach
  void close() {
    resourceManager.close();
    timer.shutdownNow();
  }

  private static ApplicationId id(int number) {
    return new ApplicationId("jobs", "app-%04d".formatted(number));
  }

  private static ApplicationDemand demand(int number, int wanted, int granted, boolean admitted) {
    return demand(number, wanted, granted, 0, admitted);
  }

  private static ApplicationDemand demand(
      int number, int wanted, int granted, int idle, boolean admitted) {
    return new ApplicationDemand(
        id(number),
        "default",
        Optional.of("default").filter(queue -> admitted),
        Optional.empty(),
        0,
        START.plusSeconds(number),
        CORE,
        1,
        List.of(new Ask(0, CORE, wanted, granted, granted, idle, Optional.empty())),
        admitted);
  }

  private void cores(int cores) {
    resourceManager.nodesHave(Ceiling.exactly(CORE.times(cores)));
  }

  private boolean admits(ApplicationDemand demand) {
    return resourceManager.allocate(demand).admission() instanceof Admission.Admitted;
  }

  private void timePasses(Duration time) {
    clock.set(clock.instant().plus(time));
    timer.tick();
  }

  @Test
  void nobodyIsAnsweredBeforeAllWereToldOf() {
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(IllegalStateException.class);

    resourceManager.begin(List.of());

    assertThat(admits(demand(1, 1, 0, false))).isTrue();
  }

  @Test
  void whatWasWrittenDownIsInForceForANewOperator() {
    cores(4);
    resourceManager.begin(List.of(demand(2, 3, 3, true)));

    assertThat(admits(demand(1, 1, 0, false))).isFalse();
    assertThat(resourceManager.allocate(demand(2, 3, 3, true)).grants())
        .containsExactly(new Grant(0, 3));
  }

  @Test
  void whatWasDecidedGoesBeforeWhatWasWrittenDown() {
    cores(4);
    resourceManager.begin(List.of());
    resourceManager.allocate(demand(1, 3, 0, false));

    // It was not told yet, or a cache lags.
    Allocation allocation = resourceManager.allocate(demand(1, 3, 0, false));

    assertThat(allocation.admission()).isInstanceOf(Admission.Admitted.class);
    assertThat(allocation.grants()).containsExactly(new Grant(0, 3));
  }

  @Test
  void whoFitsIsAdmittedByTheVeryDecisionThatAsksAndNobodyElseIsWoken() {
    cores(4);
    resourceManager.begin(List.of());

    assertThat(admits(demand(1, 3, 0, false))).isTrue();

    assertThat(told).isEmpty();
  }

  @Test
  void whoWaitsIsWokenWhenItIsAdmitted() {
    cores(4);
    resourceManager.begin(List.of());
    admits(demand(1, 3, 0, false));
    assertThat(admits(demand(2, 1, 0, false))).isFalse();

    resourceManager.release(id(1));

    assertThat(told).containsExactly(id(2));
    assertThat(admits(demand(2, 1, 0, false))).isTrue();
  }

  @Test
  void releasedTwiceIsReleased() {
    cores(4);
    resourceManager.begin(List.of());
    admits(demand(1, 3, 0, false));

    resourceManager.release(id(1));
    resourceManager.release(id(1));

    assertThat(resourceManager.queues().get("default").used().isNone()).isTrue();
    assertThat(resourceManager.applications()).isEmpty();
  }

  @Test
  void howManyAreIdleIsNoReasonForAPassAndKnownToTheNext() {
    cores(4);
    resourceManager.begin(List.of());
    admits(demand(1, 3, 0, false));
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
    cores(2);
    resourceManager.begin(List.of());
    for (int number = 1; number <= 50; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    timePasses(Duration.ofSeconds(40));
    told.clear();

    resourceManager.release(id(1));
    assertThat(told).containsExactly(id(2));
    told.clear();
    resourceManager.allocate(demand(2, 1, 1, true));

    timePasses(Duration.ofSeconds(2));

    assertThat(new TreeSet<>(told))
        .hasSize(Bulletin.SOON_TOLD)
        .contains(id(3), id(22))
        .doesNotContain(id(23));
    assertThat(ofQueues).isPositive();

    told.clear();
    timePasses(Duration.ofSeconds(30));

    assertThat(told).contains(id(23), id(50));
  }

  @Test
  void whoHeardHisPlaceIsNotToldItAgain() {
    cores(2);
    resourceManager.begin(List.of());
    for (int number = 1; number <= 5; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    for (int number = 1; number <= 5; number++) {
      resourceManager.allocate(demand(number, 1, 0, false));
    }
    told.clear();

    timePasses(Duration.ofMinutes(2));

    assertThat(told).isEmpty();
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
    cores(4);
    resourceManager.begin(List.of());
    admits(demand(1, 1, 0, false));
    assertThat(admits(big(2))).isFalse();
    assertThat(admits(demand(3, 1, 0, false))).as("it passes").isTrue();
    resourceManager.release(id(3));

    timePasses(Duration.ofSeconds(61));

    assertThat(admits(demand(4, 1, 0, false))).as("room is kept").isFalse();
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

  @Test
  void manyWhoComeAtOnceAreAllAnsweredAndNeverGetMoreThanThereIs() throws Exception {
    cores(20);
    resourceManager.begin(List.of());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Boolean>> answers =
          IntStream.rangeClosed(1, 400)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            start.await();
                            boolean admitted = admits(demand(number, 1, 0, false));
                            assertThat(resourceManager.queues().get("root").used().cpu())
                                .isLessThanOrEqualTo(20_000);
                            if (admitted && number % 2 == 0) {
                              resourceManager.release(id(number));
                            }
                            return admitted;
                          }))
              .toList();
      start.countDown();
      for (Future<Boolean> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(resourceManager.queues().get("root").running()).isEqualTo(10);
    assertThat(resourceManager.queues().get("root").used()).isEqualTo(CORE.times(20));
  }

  private void passesFail() {
    inPass =
        () -> {
          throw new ArithmeticException("of a defect");
        };
  }

  private void passesSucceed() {
    inPass = () -> {};
  }

  @Test
  void whatIsReleasedWhileAPassFailsIsReleasedByTheNext() {
    cores(4);
    resourceManager.begin(List.of());
    admits(demand(1, 3, 0, false));
    assertThat(admits(demand(2, 1, 0, false))).isFalse();
    passesFail();
    assertThatThrownBy(() -> resourceManager.release(id(1)))
        .isInstanceOf(ArithmeticException.class);
    passesSucceed();

    timePasses(Duration.ofSeconds(6));

    assertThat(told).contains(id(2));
    assertThat(resourceManager.queues().get("root").running()).isEqualTo(1);
    assertThat(resourceManager.queues().get("root").used()).isEqualTo(CORE.times(2));
  }

  @Test
  void whoAsksWhileAPassFailsIsDecidedAboutWhenItAsksAgain() {
    cores(4);
    resourceManager.begin(List.of());
    passesFail();
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(ArithmeticException.class);
    passesSucceed();

    assertThat(admits(demand(1, 1, 0, false))).isTrue();
  }

  @Test
  void aBeginningThatFailsIsNoneAndNothingIsGrantedFromWhatIsNotKnown() {
    cores(4);
    passesFail();
    assertThatThrownBy(() -> resourceManager.begin(List.of(demand(2, 3, 3, true))))
        .isInstanceOf(ArithmeticException.class);
    assertThat(resourceManager.hasBegun()).isFalse();
    passesSucceed();
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(IllegalStateException.class);

    resourceManager.begin(List.of(demand(2, 3, 3, true)));

    assertThat(admits(demand(1, 1, 0, false))).isFalse();
    assertThat(resourceManager.allocate(demand(2, 3, 3, true)).grants())
        .containsExactly(new Grant(0, 3));
  }

  @Test
  void whoIsDeletedWhileItIsDecidedAboutHoldsNothing() throws Exception {
    cores(4);
    resourceManager.begin(List.of());
    Thread deletes = new Thread(() -> resourceManager.release(id(1)));
    inPass =
        () -> {
          passesSucceed();
          deletes.start();
          while (deletes.getState() != Thread.State.WAITING && deletes.isAlive()) {
            Thread.onSpinWait();
          }
        };

    // It is answered, or released before it could be.
    Throwable thrown = catchThrowable(() -> resourceManager.allocate(demand(1, 1, 0, false)));
    deletes.join();

    assertThat(thrown)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            late -> assertThat(late).hasMessageContaining("was just released"));
    assertThat(resourceManager.applications()).isEmpty();
    assertThat(resourceManager.queues().get("root").running()).isZero();
  }
}
