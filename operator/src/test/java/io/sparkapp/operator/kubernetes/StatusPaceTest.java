package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatusPaceTest {

  private static final Duration PART = Duration.ofMillis(200);

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - PART.toNanos());
  private final StatusPace pace = new StatusPace(nanoTime::get);

  @Test
  void theFirstNewsOfAnApplicationDoesNotWait() {
    pace.written("other");

    assertThat(pace.rest("uid")).isEmpty();
  }

  @Test
  void newsWaitsUntilTheLastStatusIsAPauseOld() {
    pace.written("uid");
    assertThat(pace.rest("uid")).contains(StatusPace.PAUSE);

    passes(PART);
    assertThat(pace.rest("uid")).contains(StatusPace.PAUSE.minus(PART));

    passes(StatusPace.PAUSE.minus(PART));
    assertThat(pace.rest("uid")).isEmpty();
  }

  @Test
  void eachStatusBeginsThePauseAnew() {
    pace.written("uid");
    passes(PART);
    pace.written("uid");
    passes(StatusPace.PAUSE.minus(PART));

    assertThat(pace.rest("uid")).contains(PART);
  }

  @Test
  void whatIsForgottenOfOthersDoesNotShortenAPause() {
    pace.written("old");
    passes(PART);
    pace.written("uid");
    passes(StatusPace.PAUSE.minus(PART));
    pace.written("new");

    assertThat(pace.rest("old")).isEmpty();
    assertThat(pace.rest("uid")).contains(PART);
  }

  private void passes(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
