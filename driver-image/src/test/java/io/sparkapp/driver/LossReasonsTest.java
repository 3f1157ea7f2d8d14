package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.driver.RequestStatus.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.scheduler.ExecutorExited;
import org.apache.spark.scheduler.ExecutorKilled$;
import org.apache.spark.scheduler.ExecutorLossReason;
import org.apache.spark.scheduler.ExecutorProcessLost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LossReasonsTest {

  private final ManualScheduler timer = new ManualScheduler();
  private final List<ExecutorLossReason> told = new ArrayList<>();
  private final List<String> abandoned = new ArrayList<>();
  private final LossReasons reasons =
      new LossReasons(
          (id, reason) -> told.add(reason), abandoned::add, Duration.ofSeconds(30), timer);

  @AfterEach
  void shutDown() {
    timer.shutdownNow();
  }

  @Test
  void anEndThatIsReportedAfterTheConnectionWasLostIsToldOnce() {
    assertThat(reasons.ask("3")).isTrue();
    reasons.learn(end("OOMKilled", 137, true));
    reasons.learn(end("OOMKilled", 137, true));

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            ExecutorExited.class,
            exited -> {
              assertThat(exited.exitCode()).isEqualTo(137);
              assertThat(exited.exitCausedByApp()).isTrue();
              assertThat(exited.message()).isEqualTo("said so");
            });
    assertThat(timer.delays()).isEmpty();
  }

  @Test
  void aConnectionThatIsLostAfterTheEndWasReportedNeedsNoQuestion() {
    reasons.learn(end("Killed", 137, false));

    assertThat(reasons.ask("3")).isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void anEndThatNobodyExplainsIsNotTheApplicationsFault() {
    reasons.ask("3");
    timer.runNext();

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            ExecutorProcessLost.class,
            lost -> {
              assertThat(lost.causedByApp()).isFalse();
              assertThat(lost._message()).contains("executor 3").contains("30 s");
            });
  }

  @Test
  void anExecutorThatWasGivenUpIsGivenBackBecauseItMayYetRun() {
    reasons.ask("3");
    timer.runNext();

    assertThat(abandoned).containsExactly("3");
    assertThat(reasons.isSettled("3")).isTrue();
  }

  @Test
  void whatSparkHasDoneItselfIsNotReportedToItAgain() {
    assertThat(reasons.settle("3")).isTrue();
    reasons.learn(end("Completed", 0, false));

    assertThat(reasons.ask("3")).isFalse();
    assertThat(told).isEmpty();
    assertThat(abandoned).isEmpty();
  }

  @Test
  void connectionsThatAreLostWhileTheDriverStopsAreOfNoInterest() {
    reasons.close();

    assertThat(reasons.ask("3")).isFalse();
  }

  @Test
  void everyCauseHasTheReasonThatSparkExpects() {
    assertThat(LossReason.of(end("Released", -1, false))).isSameAs(ExecutorKilled$.MODULE$);
    assertThat(LossReason.of(end("NodeLost", -1, false))).isInstanceOf(ExecutorProcessLost.class);
    for (String cause : List.of("Killed", "Evicted", "Preempted", "Deleted", "Completed")) {
      assertThat(LossReason.of(end(cause, 1, false)))
          .as(cause)
          .isInstanceOfSatisfying(
              ExecutorExited.class, exited -> assertThat(exited.exitCausedByApp()).isFalse());
    }
  }

  private static Ended end(String cause, int exitCode, boolean atFault) {
    return new Ended(1, "3", exitCode, cause, atFault, "said so");
  }
}
