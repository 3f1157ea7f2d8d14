package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final EventBudget budget = new EventBudget();

  @Test
  void afterABurstThereIsOneNowAndThen() {
    assertThat(taken("flights", "ExecutorLost", NOW, 100)).isEqualTo(EventBudget.BURST);
    assertThat(taken("flights", "ExecutorLost", NOW.plusSeconds(60), 10)).isZero();
    assertThat(taken("flights", "ExecutorLost", NOW.plus(EventBudget.REFILL), 10)).isEqualTo(1);
  }

  @Test
  void whatElseIsToBeSaidOfTheSameAndOfOthersIsNotHeldBack() {
    taken("flights", "ExecutorLost", NOW, 100);

    assertThat(budget.takes("flights", "Failed", NOW)).isTrue();
    assertThat(budget.takes("pi", "ExecutorLost", NOW)).isTrue();
  }

  @Test
  void whoWasSilentForLongMaySayAsMuchAsAtFirstAndNoMore() {
    taken("flights", "ExecutorLost", NOW, 100);

    assertThat(taken("flights", "ExecutorLost", NOW.plusSeconds(1_000_000), 100))
        .isEqualTo(EventBudget.BURST);
  }

  private long taken(String uid, String reason, Instant now, int events) {
    long taken = 0;
    for (int i = 0; i < events; i++) {
      taken += budget.takes(uid, reason, now) ? 1 : 0;
    }
    return taken;
  }
}
