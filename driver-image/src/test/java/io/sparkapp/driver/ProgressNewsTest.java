package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressNewsTest {

  private final ProgressNews news = new ProgressNews();
  private int counted;

  @Test
  void whatIsAsItWasIsNotToldAgain() {
    assertThat(told(0, 10, new Progress.Executors(3, 1, 1))).isPresent();

    for (int second = 1; second <= 20; second++) {
      assertThat(told(second, 10, new Progress.Executors(3, 1, 1))).as("%s", second).isEmpty();
    }

    assertThat(counted).as("looked at only each five seconds").isEqualTo(5);
  }

  @Test
  void thatNothingHasHappenedYetIsNoNews() {
    Progress nothing =
        Progress.of(
            new JobCounts(0, 0, 0, 0, 0, 0, 0, 0), List.of(), Progress.Executors.NONE, null);

    assertThat(news.of(nothing, () -> Progress.Executors.NONE, 0)).isEmpty();
    assertThat(told(1, 0, new Progress.Executors(1, 1, 1))).isPresent();
  }

  @Test
  void idleExecutorsAloneAreToldOfOnceInFiveSeconds() {
    told(0, 10, new Progress.Executors(3, 0, 0));

    List<Integer> tellings =
        IntStream.rangeClosed(1, 20)
            .filter(
                second -> told(second, 10, new Progress.Executors(3, second % 3, 0)).isPresent())
            .boxed()
            .toList();

    assertThat(tellings).containsExactly(5, 10, 15, 20);
  }

  @Test
  void alongWithOtherNewsTheyAreToldOfAtOnce() {
    told(0, 10, new Progress.Executors(3, 0, 0));

    assertThat(told(1, 11, new Progress.Executors(3, 2, 1)))
        .map(Progress::executors)
        .contains(new Progress.Executors(3, 2, 1));
    assertThat(told(2, 11, new Progress.Executors(4, 3, 1)))
        .as("one that has come in is news by itself")
        .map(Progress::executors)
        .contains(new Progress.Executors(4, 3, 1));
  }

  private Optional<Progress> told(int second, int tasksDone, Progress.Executors executors) {
    Progress seen =
        Progress.of(
            new JobCounts(1, 0, 1, 0, 100, tasksDone, 0, 0),
            List.of(),
            Progress.Executors.NONE.withRegistered(executors.registered()),
            null);
    return news.of(
        seen,
        () -> {
          counted++;
          return executors;
        },
        Duration.ofSeconds(second).toNanos() + Long.MAX_VALUE - 10_000_000_000L);
  }
}
