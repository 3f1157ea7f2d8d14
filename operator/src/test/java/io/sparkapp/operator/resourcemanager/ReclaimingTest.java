package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a queue has borrowed it gives back when another claims it. */
class ReclaimingTest {

  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final Resources CORE = new Resources(1000, 1L << 30);

  @Test
  void aQueueBorrowsWhatAnotherDoesNotUseAndGivesItBack() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 7}")
            .queue("b", "guaranteed: {cpu: 3}")
            .submit("borrower", "b", 1, 20)
            .podsOf("borrower", 0);
    assertThat(queues.granted("borrower")).isEqualTo(9);

    queues.submit("owner", "a", 6, 6);
    assertThat(queues.runs("owner")).isFalse();
    assertThat(queues.lookAgain()).contains(DELAY);

    queues.after(DELAY);
    assertThat(queues.decided())
        .singleElement()
        .isInstanceOfSatisfying(
            Decision.TakenBack.class,
            taken -> {
              assertThat(taken.total()).as("a fifth of the cluster in one round").isEqualTo(7);
              assertThat(taken.reason())
                  .isEqualTo(
                      "Queue b takes executors back for queue a, which is guaranteed 7 cores: 7"
                          + " executors of profile 0 stay.");
            });
    assertThat(queues.why("borrower"))
        .isEqualTo("Queue b takes 2 executors back: another queue claims what it is guaranteed.");
    for (int round = 0; round < 4; round++) {
      queues.after(Reclaiming.ROUND);
    }
    assertThat(queues.granted("borrower")).as("its own guarantee is 3 cores").isEqualTo(2);
    assertThat(queues.runs("owner")).as("the executors are still there").isFalse();
    assertThat(queues.givesBack("borrower").runs("owner")).isTrue();
    assertThat(queues.granted("borrower")).isEqualTo(2);
  }

  @Test
  void aPodThatNeverGoesIsChargedButKeepsItsApplicationFromNothing() {
    Queues queues =
        Queues.onCores(20)
            .queue("a", "guaranteed: {cpu: 10}")
            .queue("b", "guaranteed: {cpu: 10}")
            .submit("borrower", "b", 1, 19)
            .podsOf("borrower", 0)
            .submit("owner", "a", 9, 9)
            .after(DELAY);
    IntStream.range(0, 6).forEach(second -> queues.after(Duration.ofSeconds(1)));
    assertThat(queues.granted("borrower")).isEqualTo(9);

    queues.givesBackBut("borrower", 1);
    assertThat(queues.runs("owner")).isFalse();
    assertThat(queues.granted("borrower")).isEqualTo(9);

    // More nodes than the claim needs: what is left over is the borrower's again, but for the pod.
    queues.nodesHave(CORE.times(23));
    assertThat(queues.runs("owner")).isTrue();
    assertThat(queues.report("b").used().cpu()).isEqualTo(13_000);

    queues.givesBackBut("borrower", 0);
    assertThat(queues.report("root").used().cpu()).isLessThanOrEqualTo(23_000);
  }

  @Test
  void whileOthersClaimSomethingElseWhosePodNeverGoesGetsExecutorsAgain() {
    Resources gpu = CORE.with("nvidia.com/gpu", 1);
    Queues queues =
        Queues.onCores(20)
            .nodesHave(CORE.times(20).with("nvidia.com/gpu", 1))
            .queue("d", "preemption: {gives: Nothing}")
            .submit("gpus", "d", 1, 1, gpu)
            .queue("c", "guaranteed: {nvidia.com/gpu: 1}")
            .submit("claims-for-ever", "c", 1, 1, gpu)
            .queue("a", "guaranteed: {cpu: 10}")
            .submit("borrower", "default", 1, 30)
            .podsOf("borrower", 0)
            .submit("owner", "a", 9, 9)
            .after(DELAY);
    IntStream.range(0, 6).forEach(second -> queues.after(Duration.ofSeconds(1)));
    int left = queues.granted("borrower");
    queues.givesBackBut("borrower", 1);
    assertThat(queues.runs("owner")).isFalse();

    queues.nodesHave(CORE.times(30).with("nvidia.com/gpu", 1));

    assertThat(queues.runs("owner")).isTrue();
    assertThat(queues.runs("claims-for-ever")).isFalse();
    assertThat(queues.granted("borrower")).isGreaterThan(left);
    // With what is kept for who claims everything is given out, the pod that never goes included.
    assertThat(queues.report("root").used().cpu()).isEqualTo(28_000);
    assertThat(queues.givesBackBut("borrower", 0).report("root").used().cpu()).isEqualTo(28_000);
  }

  @Test
  void roomIsKeptOnceForWhoHasClaimedForLongerThanOthersMayPassIt() {
    Resources gpu = CORE.with("nvidia.com/gpu", 1);
    Queues queues =
        Queues.onCores(10)
            .nodesHave(CORE.times(10).with("nvidia.com/gpu", 1))
            .queue("d", "preemption: {gives: Nothing}")
            .submit("gpus", "d", 1, 1, gpu)
            .queue("c", "guaranteed: {nvidia.com/gpu: 1}")
            .submit("claims", "c", 1, 1, gpu)
            .after(Duration.ofMinutes(6));

    queues.submit("too-large", "default", 6, 6).submit("fits", "default", 5, 5);

    assertThat(queues.runs("claims")).isFalse();
    assertThat(queues.runs("too-large")).isFalse();
    assertThat(queues.runs("fits")).isTrue();
  }

  @Test
  void whatWasToGoStaysWhenNobodyClaimsItAnyMore() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 7}")
            .queue("b", "")
            .submit("borrower", "b", 1, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 6, 6)
            .after(DELAY);
    assertThat(queues.granted("borrower")).isEqualTo(7);

    queues.ends("owner");

    assertThat(queues.granted("borrower")).isEqualTo(9);
    assertThat(queues.allocation("borrower").reclaim()).isEmpty();
    assertThat(queues.why("borrower")).isEmpty();
  }

  @Test
  void theMinimumOfAnApplicationIsLeftAloneUnlessItsQueueGivesAll() {
    Queues spared =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 7}")
            .queue("b", "")
            .submit("borrower", "b", 8, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 6, 6)
            .after(DELAY)
            .after(DELAY)
            .after(DELAY);
    assertThat(spared.granted("borrower")).isEqualTo(8);

    Queues given =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 7}")
            .queue("b", "preemption: {gives: AllExecutors}")
            .submit("borrower", "b", 8, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 6, 6);
    for (int round = 0; round < 6; round++) {
      given.after(DELAY);
    }
    assertThat(given.granted("borrower")).isEqualTo(2);
    assertThat(given.runs("borrower")).as("never the driver").isTrue();
  }

  @Test
  void whoHasIdleExecutorsGivesFirstThenTheNewest() {
    Queues queues =
        Queues.onCores(12)
            .queue("a", "guaranteed: {cpu: 4}")
            .queue("b", "ordering: Fair")
            .submit("old", "b", 0, 5)
            .submit("new", "b", 0, 5)
            .podsOf("old", 1)
            .podsOf("new", 0)
            .submit("owner", "a", 3, 3)
            .after(DELAY);

    assertThat(queues.granted("old")).as("one idle").isEqualTo(4);
    assertThat(queues.granted("new")).isEqualTo(4);
    queues.after(Reclaiming.ROUND);
    assertThat(queues.granted("old")).isEqualTo(4);
    assertThat(queues.granted("new")).isEqualTo(2);
  }

  @Test
  void aQueueThatGivesNothingKeepsWhatItHolds() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 7}")
            .queue("b", "preemption: {gives: Nothing}")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 6, 6)
            .after(DELAY)
            .after(DELAY);

    assertThat(queues.granted("borrower")).isEqualTo(9);
  }
}
