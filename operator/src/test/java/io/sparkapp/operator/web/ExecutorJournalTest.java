package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.operator.ManualClock;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorJournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final int MOST = 5;
  private final ExecutorJournal journal = new ExecutorJournal(new ManualClock(NOW), MOST);

  @Test
  void anExecutorWhosePodIsGoneIsRememberedWithItsTimesAndItsEnd() {
    journal.gone(killed("uid-1", 3));

    assertThat(journal.of("uid-1"))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.state()).isEqualTo(ExecutorReport.State.Ended);
              assertThat(report.started()).isEqualTo("2026-01-01T00:01:00Z");
              assertThat(report.ended()).isEqualTo("2026-01-01T00:05:00Z");
              assertThat(report.node()).isEqualTo("node-1");
              assertThat(report.sentence()).contains("Executor 3 was OOMKilled");
            });
    assertThat(journal.of("uid-2")).isEmpty();
  }

  @Test
  void oneThatRanWhenItsPodWentEndedThen() {
    Pod running =
        new PodBuilder(killed("uid-1", 4))
            .editStatus()
            .withPhase("Running")
            .editContainerStatus(0)
            .withNewState()
            .withNewRunning("2026-01-01T00:01:00Z")
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();

    journal.gone(running);

    assertThat(journal.of("uid-1"))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.started()).isEqualTo("2026-01-01T00:01:00Z");
              assertThat(report.ended()).isEqualTo(NOW.toString());
              assertThat(report.sentence()).isNotEmpty();
            });
  }

  @Test
  void driversAreNoExecutorsAndOfTooManyTheOldestAreForgotten() {
    Pod driver =
        new PodBuilder(killed("uid-1", 1))
            .editMetadata()
            .addToLabels("sparkapp.io/role", "driver")
            .endMetadata()
            .build();
    journal.gone(driver);
    assertThat(journal.of("uid-1")).isEmpty();

    for (int id = 0; id <= MOST; id++) {
      journal.gone(killed("uid-1", id));
    }
    assertThat(journal.of("uid-1")).hasSize(MOST).noneMatch(report -> report.id() == 0);
  }

  @Test
  void whatOneApplicationForgetsAnotherKeeps() {
    journal.gone(killed("uid-1", 1));
    journal.gone(killed("uid-1", 1));
    for (int id = 1; id < MOST; id++) {
      journal.gone(killed("uid-2", id));
    }
    assertThat(journal.count("uid-1")).isEqualTo(1);

    journal.gone(killed("uid-2", MOST));

    assertThat(journal.count("uid-1")).isZero();
    assertThat(journal.of("uid-1")).isEmpty();
    assertThat(journal.count("uid-2")).isEqualTo(MOST);
  }

  @Test
  void oneThatNobodyReadsKeepsNothing() {
    ExecutorJournal unread = ExecutorJournal.unread(new ManualClock(NOW));

    unread.gone(killed("uid-1", 1));

    assertThat(unread.count("uid-1")).isZero();
  }

  private static Pod killed(String owner, int id) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("app-1-exec-" + id)
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .withLabels(
            Map.of(
                "sparkapp.io/role", "executor",
                "sparkapp.io/attempt", "1",
                "sparkapp.io/executor-id", Integer.toString(id),
                "sparkapp.io/profile", "0"))
        .addNewOwnerReference()
        .withUid(owner)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-1")
        .addNewContainer()
        .withName("executor")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Failed")
        .addNewContainerStatus()
        .withName("executor")
        .withNewState()
        .withNewTerminated()
        .withExitCode(137)
        .withReason("OOMKilled")
        .withStartedAt("2026-01-01T00:01:00Z")
        .withFinishedAt("2026-01-01T00:05:00Z")
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
