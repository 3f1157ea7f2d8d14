package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilencesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Silences silences = new Silences();

  @Test
  void aDriverThatMissedARenewalIsLostWhenItsLeaseHasRunOut() {
    assertThat(sign(START, 20)).isEqualTo(START);
    assertThat(sign(START, 30)).isEqualTo(START);
  }

  @Test
  void anOldStampThatIsSeenForTheFirstTimeSaysNothingYet() {
    // An operator that has just started, or an API server that was away.
    assertThat(sign(START, 100)).isEqualTo(START.plusSeconds(80));
    assertThat(sign(START, 105)).as("it is not put off").isEqualTo(START.plusSeconds(80));
    assertThat(sign(START.plusSeconds(106), 110)).isEqualTo(START.plusSeconds(106));
  }

  @Test
  void renewalsThatSeemOldBecauseClocksDifferAreSignsOfLife() {
    for (int now = 100; now < 200; now += 10) {
      Instant behind = START.plusSeconds(now - 60);
      assertThat(sign(behind, now).plus(LEASE)).isAfter(START.plusSeconds(now));
    }
  }

  @Test
  void whatWasSeenBeforeTheApiServerWasAwayIsForgotten() {
    assertThat(sign(START, 20)).isEqualTo(START);

    silences.forget("uid");

    assertThat(sign(START, 90)).isEqualTo(START.plusSeconds(70));
  }

  @Test
  void aLeaseThatSomebodyDeletedIsGivenTheTimeOfANewOne() {
    assertThat(sign(null, 100)).isEqualTo(START.plusSeconds(100));
    assertThat(sign(null, 120)).isEqualTo(START.plusSeconds(100));
  }

  private Instant sign(Instant stamp, int now) {
    return silences.lastSign(
        "uid", Optional.ofNullable(stamp), GRACE, LEASE, START.plusSeconds(now));
  }
}
