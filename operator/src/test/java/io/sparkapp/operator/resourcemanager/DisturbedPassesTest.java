package io.sparkapp.operator.resourcemanager;

import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.CORE;
import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.demand;
import static io.sparkapp.operator.resourcemanager.PassesUnderWatch.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ResourceManager whose passes fail, and to which many come at once. */
class DisturbedPassesTest {

  private final PassesUnderWatch passes = new PassesUnderWatch();
  private final QueuedResourceManager resourceManager = passes.resourceManager();

  @AfterEach
  void close() {
    passes.close();
  }

  @Test
  void manyWhoComeAtOnceAreAllAnsweredAndNeverGetMoreThanThereIs() throws Exception {
    passes.cores(20);
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
                            boolean admitted = passes.admits(demand(number, 1, 0, false));
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

  @Test
  void whatIsReleasedWhileAPassFailsIsReleasedByTheNext() {
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.admits(demand(1, 3, 0, false));
    assertThat(passes.admits(demand(2, 1, 0, false))).isFalse();
    passes.fail();
    assertThatThrownBy(() -> resourceManager.release(id(1)))
        .isInstanceOf(ArithmeticException.class);
    passes.succeed();

    passes.timePasses(Duration.ofSeconds(6));

    assertThat(passes.told()).contains(id(2));
    assertThat(resourceManager.queues().get("root").running()).isEqualTo(1);
    assertThat(resourceManager.queues().get("root").used()).isEqualTo(CORE.times(2));
  }

  @Test
  void whoAsksWhileAPassFailsIsDecidedAboutWhenItAsksAgain() {
    passes.cores(4);
    resourceManager.begin(List.of());
    passes.fail();
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(ArithmeticException.class);
    passes.succeed();

    assertThat(passes.admits(demand(1, 1, 0, false))).isTrue();
  }

  @Test
  void aBeginningThatFailsIsNoneAndNothingIsGrantedFromWhatIsNotKnown() {
    passes.cores(4);
    passes.fail();
    assertThatThrownBy(() -> resourceManager.begin(List.of(demand(2, 3, 3, true))))
        .isInstanceOf(ArithmeticException.class);
    assertThat(resourceManager.hasBegun()).isFalse();
    passes.succeed();
    assertThatThrownBy(() -> resourceManager.allocate(demand(1, 1, 0, false)))
        .isInstanceOf(IllegalStateException.class);

    resourceManager.begin(List.of(demand(2, 3, 3, true)));

    assertThat(passes.admits(demand(1, 1, 0, false))).isFalse();
    assertThat(resourceManager.allocate(demand(2, 3, 3, true)).grants())
        .containsExactly(new Grant(0, 3));
  }

  @Test
  void whoIsDeletedWhileItIsDecidedAboutHoldsNothing() throws Exception {
    passes.cores(4);
    resourceManager.begin(List.of());
    Thread deletes = new Thread(() -> resourceManager.release(id(1)));
    passes.inPass(
        () -> {
          passes.succeed();
          deletes.start();
          while (deletes.getState() != Thread.State.WAITING && deletes.isAlive()) {
            Thread.onSpinWait();
          }
        });

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
