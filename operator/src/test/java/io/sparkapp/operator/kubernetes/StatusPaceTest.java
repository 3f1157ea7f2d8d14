package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.applicationmaster.Plan.Urgency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatusPaceTest {

  private static final Duration PAUSE = StatusPace.pause(Urgency.Low);
  private static final Duration PART = Duration.ofMillis(200);

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - PART.toNanos());
  private final StatusPace pace = new StatusPace(nanoTime::get);

  @Test
  void theFirstNewsOfAnApplicationDoesNotWait() {
    pace.written("other");

    assertThat(pace.rest("uid", Urgency.Low)).isEmpty();
  }

  @Test
  void newsWaitsUntilTheLastStatusIsAPauseOld() {
    pace.written("uid");
    assertThat(pace.rest("uid", Urgency.Low)).contains(PAUSE);

    passes(PART);
    assertThat(pace.rest("uid", Urgency.Low)).contains(PAUSE.minus(PART));

    passes(PAUSE.minus(PART));
    assertThat(pace.rest("uid", Urgency.Low)).isEmpty();
  }

  @Test
  void whatIsMoreUrgentWaitsLessOrNotAtAll() {
    pace.written("uid");

    assertThat(pace.rest("uid", Urgency.Medium)).contains(Duration.ofSeconds(1));
    assertThat(pace.rest("uid", Urgency.AtOnce)).isEmpty();

    passes(Duration.ofSeconds(1));
    assertThat(pace.rest("uid", Urgency.Medium)).isEmpty();
    assertThat(pace.rest("uid", Urgency.Low)).isPresent();
  }

  @Test
  void eachStatusBeginsThePauseAnew() {
    pace.written("uid");
    passes(PART);
    pace.written("uid");
    passes(PAUSE.minus(PART));

    assertThat(pace.rest("uid", Urgency.Low)).contains(PART);
  }

  @Test
  void whatIsForgottenOfOthersDoesNotShortenAPause() {
    pace.written("old");
    passes(PART);
    pace.written("uid");
    passes(PAUSE.minus(PART));
    pace.written("new");

    assertThat(pace.rest("old", Urgency.Low)).isEmpty();
    assertThat(pace.rest("uid", Urgency.Low)).contains(PART);
  }

  private void passes(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
