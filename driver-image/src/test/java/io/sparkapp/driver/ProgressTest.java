package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.driver.ObservedJob.RunningStage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void aRunningJobCountsItsStagesAndTasks() {
    JobCounts counts = running(0, List.of(0, 1), 1, 0, 30, 12, new RunningStage(0, 20, 2)).counts();

    assertThat(counts).isEqualTo(new JobCounts(1, 0, 2, 1, 30, 12, 4, 1));
  }

  @Test
  void stagesThatSparkSkippedCountNowhere() {
    ObservedJob done = new ObservedJob(1, false, List.of(2, 3), 1, 1, 30, 10, 20, 0, 0, List.of());

    assertThat(done.counts()).isEqualTo(new JobCounts(1, 1, 1, 1, 10, 10, 0, 0));
  }

  @Test
  void onceTheResultIsComputedWhatHasNotRunIsSkippedAlready() {
    JobCounts counts = running(1, List.of(2, 3), 0, 0, 30, 4, new RunningStage(3, 10, 4)).counts();

    assertThat(counts.stages()).isEqualTo(1);
    assertThat(counts.tasks()).isEqualTo(10);
    assertThat(counts.tasksDone()).isEqualTo(4);
  }

  @Test
  void tasksThatRanTwiceDoNotLeadBeyondTheWhole() {
    JobCounts counts =
        new ObservedJob(0, false, List.of(0), 2, 0, 10, 13, 0, 0, 0, List.of()).counts();

    assertThat(counts.tasksDone()).isEqualTo(10);
    assertThat(counts.stagesDone()).isEqualTo(1);
  }

  @Test
  void jobsThatSparkHasForgottenStayCounted() {
    JobTally tally = new JobTally();
    IntStream.range(0, 10)
        .forEach(first -> tally.sum(List.of(job(first, false), job(first + 1, true))));

    JobCounts sum = tally.sum(List.of(job(11, true)));

    assertThat(sum.jobs()).isEqualTo(12);
    assertThat(sum.jobsDone()).isEqualTo(11);
    assertThat(sum.tasks()).isEqualTo(120);
    assertThat(sum.tasksDone()).isEqualTo(115);
  }

  @Test
  void hasTheShapeThatTheExecutorRequestHas() {
    Progress progress =
        Progress.of(
            new JobCounts(3, 2, 5, 2, 2000, 1212, 8, 1),
            List.of(),
            new Progress.Executors(11, 3, 2),
            null);

    assertThat(new ObjectMapper().valueToTree(progress).toString())
        .isEqualTo(
            "{\"jobs\":{\"done\":2,\"total\":3},\"stages\":{\"done\":2,\"total\":5},"
                + "\"tasks\":{\"done\":1212,\"total\":2000,\"active\":8,\"failed\":1},"
                + "\"percent\":60,\"active\":[],\"executors\":{\"registered\":11,\"idle\":3,\"bare\":2}}");
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(Progress.of(JobCounts.NONE, List.of(), Progress.Executors.NONE, null).percent())
        .isZero();
  }

  private static ObservedJob job(int id, boolean running) {
    return running(id, running, List.of(id), running ? 0 : 1, 0, 10, running ? 5 : 10);
  }

  private static ObservedJob running(
      int id,
      List<Integer> stages,
      int completed,
      int skipped,
      int tasks,
      int done,
      RunningStage... active) {
    return running(id, true, stages, completed, skipped, tasks, done, active);
  }

  private static ObservedJob running(
      int id,
      boolean running,
      List<Integer> stages,
      int completed,
      int skipped,
      int tasks,
      int done,
      RunningStage... active) {
    return new ObservedJob(
        id, running, stages, completed, skipped, tasks, done, 0, 4, 1, List.of(active));
  }
}
