package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassTest {

  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final Resources CORE = new Resources(1000, 1L << 30);

  @Test
  void aGangIsAdmittedWholeOrNotAtAll() {
    Queues queues =
        Queues.onCores(5).submit("first", "default", 2, 2).submit("second", "default", 2, 2);

    assertThat(queues.runs("first")).isTrue();
    assertThat(queues.granted("first")).isEqualTo(2);
    assertThat(queues.runs("second")).isFalse();
    assertThat(queues.why("second"))
        .isEqualTo(
            "1st in line of queue default: its driver with 2 executors needs 3 cores and 3Gi, and the"
                + " cluster has 2 cores of its 5 cores left.");
    assertThat(queues.ends("first").runs("second")).isTrue();
  }

  @Test
  void tenApplicationsOnAClusterForThreeRunThreeAtATime() {
    Queues queues = Queues.onCores(9);
    IntStream.range(0, 10).forEach(each -> queues.submit("app" + each, "default", 2, 2));

    for (int ended = 0; ended < 10; ended++) {
      int from = ended;
      assertThat(IntStream.range(from, 10).filter(each -> queues.runs("app" + each)))
          .as("after %d ended", ended)
          .hasSize(Math.min(3, 10 - ended));
      queues.ends("app" + ended);
    }
  }

  @Test
  void withoutGangsDriversTakeTheClusterAndNobodyGetsAnExecutor() {
    Queues queues = Queues.onCores(9).queue("default", "state: Draining");
    IntStream.range(0, 10).forEach(each -> queues.submit("app" + each, "default", 2, 2));

    queues.queue("default", "{admission: Driver, ordering: Fair}");

    assertThat(IntStream.range(0, 9)).allMatch(each -> queues.runs("app" + each));
    assertThat(IntStream.range(0, 9)).allMatch(each -> queues.granted("app" + each) == 0);
  }

  @Test
  void driversAreHeldToTheirShareButOneMayAlwaysRun() {
    Queues queues = Queues.onCores(10).queue("default", "{admission: Driver, maxDriverShare: 20}");
    IntStream.range(0, 4).forEach(each -> queues.submit("app" + each, "default", 0, 0));

    assertThat(IntStream.range(0, 4).filter(each -> queues.runs("app" + each))).hasSize(2);
    assertThat(queues.why("app2"))
        .isEqualTo(
            "1st in line of queue default: its driver needs 1 core and 1Gi, and drivers may hold 20 %"
                + " of queue default, and do.");
    assertThat(
            Queues.onCores(10)
                .queue("default", "maxDriverShare: 5")
                .submit("only", "default", 0, 0)
                .runs("only"))
        .isTrue();
  }

  @Test
  void noMoreApplicationsRunThanMay() {
    Queues queues = Queues.onCores(20).queue("a", "maxRunningApplications: 2");
    IntStream.range(0, 3).forEach(each -> queues.submit("app" + each, "a", 1, 1));

    assertThat(IntStream.range(0, 3).filter(each -> queues.runs("app" + each))).hasSize(2);
    assertThat(queues.why("app2")).endsWith("and 2 applications run in queue a, and more may not.");
    assertThat(queues.ends("app0").runs("app2")).isTrue();
  }

  @Test
  void inAFifoQueueTheFirstGetsAllThatItAsksFor() {
    Queues queues =
        Queues.onCores(10).submit("first", "default", 1, 6).submit("second", "default", 1, 6);

    assertThat(queues.granted("first")).isEqualTo(6);
    assertThat(queues.granted("second")).isEqualTo(2);
    assertThat(queues.why("second"))
        .isEqualTo(
            "Gets no more than 2 executors of the 6 that it wants: the cluster has 0 cores of its 10"
                + " cores left.");
  }

  @Test
  void inAFairQueueWhoHoldsLeastIsNext() {
    Queues queues =
        Queues.onCores(12)
            .queue("default", "ordering: Fair")
            .submit("first", "default", 0, 3)
            .submit("second", "default", 0, 0)
            .submit("holds", "default", 6, 6)
            .asks("first", 20)
            .asks("second", 20)
            .ends("holds");

    assertThat(queues.granted("first")).isEqualTo(5);
    assertThat(queues.granted("second")).isEqualTo(5);
  }

  @Test
  void whoStartsInAPassGetsSmallExecutorsAlsoWhereNoDriverFitsAnyMore() {
    Resources half = new Resources(500, 512L << 20);

    Queues queues =
        Queues.onCores(2)
            .queue("default", "state: Draining")
            .submit("starts", "default", 1, 2, half)
            .submit("waits", "default", 0, 0)
            .queue("default", "ordering: Fair");

    assertThat(queues.runs("waits")).isFalse();
    assertThat(queues.granted("starts")).isEqualTo(2);
  }

  @Test
  void aHigherPriorityIsServedFirst() {
    Queues queues =
        Queues.onCores(3)
            .submit("runs", "default", 2, 2)
            .submit("nightly", "default", 2, 2)
            .submit("urgent", "default", 2, 2, 100, Optional.empty());

    assertThat(queues.allocation("urgent").place()).contains(1);
    assertThat(queues.allocation("nightly").place()).contains(2);
    assertThat(queues.ends("runs").runs("urgent")).isTrue();
  }

  @Test
  void aSmallOneMayPassALargeOneForAWhileAndThenRoomIsKept() {
    Queues queues =
        Queues.onCores(8)
            .submit("runs", "default", 3, 3)
            .submit("large", "default", 6, 6)
            .submit("small", "default", 1, 1);

    assertThat(queues.runs("small")).isTrue();
    assertThat(queues.lookAgain()).contains(Duration.ofMinutes(5));
    queues.after(Duration.ofMinutes(5)).ends("small").submit("late", "default", 1, 1);
    assertThat(queues.runs("late")).isFalse();
    assertThat(queues.why("late"))
        .isEqualTo(
            "2nd in line of queue default: its driver with 1 executor needs 2 cores and 2Gi, and"
                + " etl/large is before it, and room is kept for that.");
    assertThat(queues.ends("runs").runs("large")).isTrue();
  }

  @Test
  void inAStrictLineNobodyPasses() {
    Queues queues =
        Queues.onCores(8)
            .queue("default", "line: Strict")
            .submit("runs", "default", 3, 3)
            .submit("large", "default", 6, 6)
            .submit("small", "default", 1, 1);

    assertThat(queues.runs("small")).isFalse();
  }

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

  @Test
  void aGuaranteeDeepInTheTreeIsClaimedFromAnywhere() {
    for (String team : new String[] {"guaranteed: {cpu: 6}", ""}) {
      Queues queues =
          Queues.onCores(10)
              .queue("team", team)
              .queue("deep", "{parent: team, guaranteed: {cpu: 4}}")
              .queue("other", "")
              .submit("borrower", "other", 0, 9)
              .podsOf("borrower", 0)
              .submit("owner", "deep", 3, 3)
              .after(DELAY)
              .after(DELAY)
              .givesBack("borrower");

      assertThat(queues.runs("owner")).as("under a team with %s", team).isTrue();
      assertThat(queues.granted("borrower")).isEqualTo(5);
    }
  }

  @Test
  void withinATeamOnlyWhoIsBeyondItsOwnGuaranteeGives() {
    Queues queues =
        Queues.onCores(10)
            .queue("team", "guaranteed: {cpu: 5}")
            .queue("deep", "{parent: team, guaranteed: {cpu: 2}}")
            .queue("greedy", "{parent: team, guaranteed: {cpu: 1}}")
            .queue("other", "guaranteed: {cpu: 5}")
            .submit("greedy", "greedy", 0, 4)
            .podsOf("greedy", 0)
            .submit("innocent", "other", 0, 4)
            .podsOf("innocent", 0)
            .submit("owner", "deep", 1, 1)
            .after(DELAY)
            .after(DELAY);

    assertThat(queues.granted("innocent")).isEqualTo(4);
    assertThat(queues.granted("greedy")).isEqualTo(2);
  }

  @Test
  void whatIsKeptFreeForOthersIsNoReasonToGoWithoutAGuarantee() {
    Queues queues =
        Queues.onCores(12)
            .queue("d", "{guaranteed: {cpu: 4}, lending: {cpu: 0}}")
            .queue("a", "guaranteed: {cpu: 6}")
            .queue("b", "")
            .submit("borrower", "b", 0, 20)
            .podsOf("borrower", 0);
    assertThat(queues.granted("borrower")).isEqualTo(7);

    queues.submit("owner", "a", 1, 1).after(DELAY).after(DELAY).givesBack("borrower");

    assertThat(queues.runs("owner")).isTrue();
  }

  @Test
  void oneThatIsTooLargeDoesNotHideAGuaranteeFromThoseBehindIt() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "guaranteed: {cpu: 3}")
            .queue("b", "")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0)
            .submit("large", "a", 6, 6)
            .submit("small", "a", 1, 1)
            .after(DELAY)
            .givesBack("borrower");

    assertThat(queues.runs("small")).isTrue();
    assertThat(queues.runs("large")).isFalse();
  }

  @Test
  void whoWantsMoreForAsLongAsItRunsKeepsNobodyFromStarting() {
    Queues queues =
        Queues.onCores(10)
            .queue("default", "max: {cpu: 10}")
            .submit("endless", "default", 0, 1000)
            .podsOf("endless", 0)
            .submit("late", "default", 1, 1)
            .after(Duration.ofMinutes(10))
            .asks("endless", 7);

    assertThat(queues.runs("late")).as("executors are still there").isFalse();
    queues.givesBack("endless").asks("endless", 1000);
    assertThat(queues.runs("late")).isTrue();
  }

  @Test
  void noMoreIsClaimedThanCanStart() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 8}, maxRunningApplications: 1}")
            .queue("b", "preemption: {pace: 100}")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0);
    for (int each = 0; each < 4; each++) {
      queues.submit("app" + each, "a", 1, 1);
    }

    queues.after(DELAY);
    for (int round = 0; round < 5; round++) {
      queues.after(Reclaiming.ROUND);
    }

    assertThat(queues.granted("borrower")).isEqualTo(7);
  }

  @Test
  void eachRoundGivesItsExecutorsTheWholeTimeToLeave() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 8}, preemption: {pace: 10}}")
            .queue("b", "")
            .submit("borrower", "b", 0, 9)
            .podsOf("borrower", 0)
            .submit("owner", "a", 5, 5)
            .after(DELAY);
    String first = queues.allocation("borrower").reclaim().get(0).before();

    queues.after(Duration.ofSeconds(20));

    assertThat(queues.allocation("borrower").reclaim().get(0).before()).isGreaterThan(first);
  }

  @Test
  void whatAQueueDoesNotLendIsKeptFree() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 6}, lending: {cpu: 2}}")
            .queue("b", "")
            .submit("borrower", "b", 0, 20);

    assertThat(queues.granted("borrower")).as("10 cores, 4 kept, 1 driver").isEqualTo(5);
    assertThat(queues.submit("owner", "a", 3, 3).runs("owner")).isTrue();
  }

  @Test
  void aQueueBorrowsNoMoreThanItMay() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 2}, borrowing: {cpu: 3}}")
            .submit("app", "a", 0, 20);

    assertThat(queues.granted("app")).isEqualTo(4);
    assertThat(queues.why("app")).contains("queue a has 0 cores of its 5 cores left");
  }

  @Test
  void aMaximumHoldsForAllThatIsUnderAQueue() {
    Queues queues =
        Queues.onCores(20)
            .queue("team", "max: {cpu: 6}")
            .queue("x", "parent: team")
            .queue("y", "parent: team")
            .submit("one", "x", 0, 20)
            .submit("two", "y", 1, 1);

    assertThat(queues.granted("one")).isEqualTo(5);
    assertThat(queues.why("two"))
        .isEqualTo(
            "1st in line of queue y: its driver with 1 executor needs 2 cores and 2Gi, and queue team"
                + " has 0 cores of its 6 cores left.");
    assertThat(queues.report("team").used().cpu()).isEqualTo(6000);
    assertThat(queues.report("team").waiting()).isEqualTo(1);
  }

  @Test
  void whatCouldNeverFitIsRefusedAndSaysByHowMuch() {
    Queues queues = Queues.onCores(100).queue("a", "max: {cpu: 4}").submit("large", "a", 5, 5);

    assertThat(queues.allocation("large").admission()).isInstanceOf(Admission.Refused.class);
    assertThat(queues.why("large"))
        .isEqualTo(
            "Queue a may hold at most 4 cores, and its driver with 5 executors needs 6 cores: 2 cores"
                + " too much. Ask for less, or for another queue.");
  }

  @Test
  void whatIsLargerThanAllNodesWaitsForMoreOfThem() {
    Queues queues = Queues.onCores(4).submit("large", "default", 5, 5);

    assertThat(queues.allocation("large").admission()).isInstanceOf(Admission.Waiting.class);
    assertThat(queues.why("large"))
        .isEqualTo(
            "1st in line of queue default: its driver with 5 executors needs 6 cores, 2 cores more than"
                + " the 4 cores of all nodes together, and 6Gi of memory, 2Gi more than the 4Gi of all"
                + " nodes together, and waits until nodes come. Ask for less, or, where nodes come when"
                + " pods wait for them, declare how much there can be: spec.max of SparkQueue root.");
  }

  @Test
  void oneThatIsLargerThanAllNodesHoldsUpNobody() {
    Queues queues =
        Queues.onCores(4)
            .queue("a", "guaranteed: {cpu: 8}")
            .submit("large", "a", 5, 5)
            .submit("borrows", "default", 0, 2)
            .podsOf("borrows", 0)
            .after(Duration.ofMinutes(6));

    assertThat(queues.decided()).isEmpty();
    assertThat(queues.granted("borrows")).isEqualTo(2);
    assertThat(queues.submit("small", "a", 0, 0).runs("small")).isTrue();
  }

  @Test
  void anExecutorThatIsLargerThanAllNodesSaysSo() {
    Queues queues =
        Queues.onCores(4).submit("wide", "default", 0, 1, new Resources(1000, 4401L << 30));

    assertThat(queues.runs("wide")).isTrue();
    assertThat(queues.why("wide"))
        .startsWith(
            "Gets no more than 0 executors of the 1 that it wants: one needs 4.3Ti of memory, 4.3Ti more"
                + " than the 4Gi of all nodes together, and waits until nodes come.");
  }

  @Test
  void ofWhatNoNodeHasNoneIsNamed() {
    Queues queues =
        Queues.onCores(4)
            .submit("gpu", "default", 1, 1, new Resources(1000, 1 << 30).with("nvidia.com/gpu", 2));

    assertThat(queues.why("gpu"))
        .startsWith(
            "1st in line of queue default: its driver with 1 executor needs 2 nvidia.com/gpu, of which no"
                + " node has any, and waits until nodes come.");
  }

  @Test
  void withADeclaredCapacityNodesDoNotCount() {
    Queues queues =
        Queues.onCores(4).queue("root", "max: {cpu: 100}").submit("large", "default", 5, 5);

    assertThat(queues.runs("large")).isTrue();
  }

  @Test
  void aQueueThatIsMissingOrClosedSaysSo() {
    Queues queues =
        Queues.onCores(100)
            .queue("closed", "state: Draining")
            .queue("strict", "{state: Stopped, turnedAway: Refuse}")
            .queue("team", "")
            .queue("x", "parent: team")
            .queue("ml", "namespaceSelector: {matchLabels: {team: ml}}")
            .queue("bobs", "users: [bob]")
            .namespace("etl", Map.of("team", "etl"));

    assertThat(queues.submit("a", "nowhere", 1, 1).why("a"))
        .isEqualTo("Queue nowhere does not exist: create it, or name another one in spec.queue.");
    assertThat(queues.submit("b", "closed", 1, 1).why("b"))
        .isEqualTo("Queue closed is draining: it admits no applications until its state is Open.");
    assertThat(queues.submit("c", "strict", 1, 1).allocation("c").admission())
        .isInstanceOf(Admission.Refused.class);
    assertThat(queues.submit("d", "team", 1, 1).why("d"))
        .isEqualTo("Queue team has queues under it: name one of those in spec.queue.");
    assertThat(queues.submit("e", "ml", 1, 1).why("e"))
        .isEqualTo(
            "Queue ml is not for namespace etl: its namespaceSelector does not match the namespace's"
                + " labels.");
    assertThat(queues.submit("f", "bobs", 1, 1, 0, Optional.of("eve")).why("f"))
        .isEqualTo("Queue bobs is not for user eve.");
    assertThat(queues.submit("g", "bobs", 1, 1, 0, Optional.of("bob")).runs("g")).isTrue();
    assertThat(queues.namespace("etl", Map.of("team", "ml")).runs("e")).isTrue();
    assertThat(queues.queue("nowhere", "").runs("a")).isTrue();
  }

  @Test
  void oneNamespaceOrUserGetsNoMoreThanItsShareAndHoldsUpNobody() {
    Queues queues =
        Queues.onCores(100)
            .queue("default", "{line: Strict, perUser: {maxRunningApplications: 1, max: {cpu: 4}}}")
            .submit("one", "default", 1, 20, 0, Optional.of("bob"))
            .submit("two", "default", 1, 1, 0, Optional.of("bob"))
            .submit("other", "default", 1, 1, 0, Optional.of("eve"));

    assertThat(queues.granted("one")).isEqualTo(3);
    assertThat(queues.why("two"))
        .isEqualTo(
            "1st in line of queue default: its driver with 1 executor needs 2 cores and 2Gi, and 1"
                + " application of user bob runs in queue default, and more may not.");
    assertThat(queues.runs("other")).isTrue();
    queues.submit("unnamed", "default", 1, 1).submit("unnamed too", "default", 1, 1);
    assertThat(queues.runs("unnamed")).isTrue();
    assertThat(queues.why("unnamed too"))
        .as("to leave the name out is no way around")
        .contains("1 application of users without a name runs in queue default");
  }

  @Test
  void aDrainingQueueGoesOnAndAStoppedOneGetsNothingMore() {
    Queues queues = Queues.onCores(100).queue("q", "").submit("app", "q", 1, 2);

    queues.queue("q", "state: Draining").asks("app", 4);
    assertThat(queues.granted("app")).isEqualTo(4);
    queues.queue("q", "state: Stopped").asks("app", 6);
    assertThat(queues.granted("app")).isEqualTo(4);
    assertThat(queues.why("app"))
        .isEqualTo("Gets no more than 4 executors of the 6 that it wants: queue q is stopped.");
  }

  @Test
  void aRunningApplicationMovesOnceTheOtherQueueHasRoom() {
    Queues queues =
        Queues.onCores(100)
            .queue("small", "max: {cpu: 4}")
            .submit("there", "small", 2, 2)
            .submit("app", "default", 2, 2)
            .sends("app", "small");

    assertThat(queues.allocation("app").queue()).isEqualTo("default");
    assertThat(queues.why("app"))
        .isEqualTo("Stays in queue default for now: queue small has 1 core of its 4 cores left.");
    queues.ends("there");
    assertThat(queues.allocation("app").queue()).isEqualTo("small");
    assertThat(queues.report("small").used().cpu()).isEqualTo(3000);
    assertThat(queues.report("default").used()).isEqualTo(Resources.NONE);
  }

  @Test
  void weightsShareWhatNobodyIsGuaranteed() {
    Queues queues =
        Queues.onCores(14)
            .queue("heavy", "weight: 3")
            .queue("light", "weight: 1")
            .submit("l", "light", 0, 0)
            .submit("h", "heavy", 0, 0)
            .asks("l", 1)
            .asks("h", 50);

    assertThat(queues.granted("l")).isEqualTo(1);
    queues.podsOf("h", 0).asks("h", 0).givesBack("h");
    assertThat(queues.granted("h")).isZero();
  }

  @Test
  void anApplicationWithoutLimitsAroundItGetsWhatItAsksFor() {
    Queues queues = new Queues().submit("app", "default", 1, 1000);

    assertThat(queues.granted("app")).isEqualTo(1000);
    assertThat(queues.why("app")).isEmpty();
  }
}
