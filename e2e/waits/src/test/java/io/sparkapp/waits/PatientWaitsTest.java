package io.sparkapp.waits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

class PatientWaitsTest {

  private static final Duration LITTLE = Duration.ofMillis(10);

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whatIsNotThereYetIsWaitedFor() {
    await().pollInterval(LITTLE).until(() -> word(3).equals("there"));

    assertThat(looks).hasValue(3);
  }

  @Test
  void whatCanNotBeAssertedYetIsWaitedFor() {
    await().pollInterval(LITTLE).untilAsserted(() -> assertThat(word(3)).isEqualTo("there"));

    assertThat(looks).hasValue(3);
  }

  @Test
  void whatNeverComesIsTheCauseOfTheTimeout() {
    assertThatThrownBy(
            () ->
                await()
                    .pollInterval(LITTLE)
                    .atMost(LITTLE.multipliedBy(5))
                    .until(() -> word(Integer.MAX_VALUE).isEmpty()))
        .isInstanceOf(ConditionTimeoutException.class)
        .hasCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void anAssertionThatFailsWhileItIsWaitedEndsTheWait() {
    assertThatThrownBy(
            () ->
                await()
                    .until(
                        () -> {
                          assertThat(looks.incrementAndGet()).isZero();
                          return true;
                        }))
        .isInstanceOf(AssertionError.class);
    assertThat(looks).hasValue(1);
  }

  private String word(int fromLookOn) {
    if (looks.incrementAndGet() < fromLookOn) {
      throw new NoSuchElementException("no word yet");
    }
    return "there";
  }
}
