package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who starts, in which order, and gets executors. */
class PassTest {

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
