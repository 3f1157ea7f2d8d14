package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.AttemptOutcome;
import io.sparkapp.crds.PastAttempt;
import io.sparkapp.crds.RestartPolicy;
import io.sparkapp.crds.RestartSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Never,                   Failed,    false",
    "Never,                   Lost,      false",
    "Never,                   Succeeded, false",
    "OnFailure,               Failed,    true",
    "OnFailure,               Lost,      true",
    "OnFailure,               Succeeded, false",
    "OnInfrastructureFailure, Failed,    false",
    "OnInfrastructureFailure, Lost,      true",
    "OnInfrastructureFailure, Succeeded, false",
    "Always,                  Failed,    true",
    "Always,                  Lost,      true",
    "Always,                  Succeeded, true"
  })
  void thePolicySaysWhichEndsAreFollowedByAnotherAttempt(
      RestartPolicy policy, AttemptOutcome outcome, boolean again) {
    RestartSpec spec = new RestartSpec(policy, 3, null, null, null);

    assertThat(restarts(spec).next(ending(outcome)).isPresent()).isEqualTo(again);
  }

  @Test
  void whatWouldFailAgainIsNotTriedAgain() {
    RestartSpec spec = new RestartSpec(RestartPolicy.Always, 3, null, null, null);

    assertThat(restarts(spec).next(Ending.forGood("Killed: enough."))).isEmpty();
  }

  @Test
  void asManyAttemptsMayFailAsTheSpecSays() {
    RestartSpec spec = new RestartSpec(RestartPolicy.OnFailure, 3, null, null, null);
    Ending failed = ending(AttemptOutcome.Failed);

    assertThat(restarts(spec, past(AttemptOutcome.Failed, 60)).next(failed)).isPresent();
    Restarts third =
        restarts(spec, past(AttemptOutcome.Failed, 60), past(AttemptOutcome.Failed, 30));
    assertThat(third.next(failed)).isEmpty();
    assertThat(third.exhaustion(failed))
        .contains("3 attempts failed, as many as restart.maxAttempts allows.");
  }

  @Test
  void attemptsThatInfrastructureEndedAreNotCounted() {
    RestartSpec spec = new RestartSpec(RestartPolicy.OnFailure, 2, null, null, null);
    PastAttempt[] lost = {
      past(AttemptOutcome.Lost, 90), past(AttemptOutcome.Lost, 60), past(AttemptOutcome.Lost, 30)
    };

    assertThat(restarts(spec, lost).next(ending(AttemptOutcome.Failed))).isPresent();
    assertThat(restarts(spec, lost).next(ending(AttemptOutcome.Lost))).isPresent();
  }

  @Test
  void oldFailuresAreForgotten() {
    RestartSpec spec = new RestartSpec(RestartPolicy.OnFailure, 2, "10s", "5m", "1h");
    Ending failed = ending(AttemptOutcome.Failed);

    assertThat(restarts(spec, past(AttemptOutcome.Failed, 3599)).next(failed)).isEmpty();
    assertThat(restarts(spec, past(AttemptOutcome.Failed, 3600)).next(failed))
        .contains(NOW.plusSeconds(10));
  }

  @Test
  void thePauseDoublesUpToItsCap() {
    RestartSpec spec = new RestartSpec(RestartPolicy.OnFailure, 20, "10s", "1m", null);
    List<PastAttempt> history = new ArrayList<>();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Optional<Instant> next = new Restarts(spec, history, NOW).next(ending(AttemptOutcome.Failed));
      pauses.add(Duration.between(NOW, next.orElseThrow()));
      history.add(past(AttemptOutcome.Failed, 10));
    }

    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(10L, 20L, 40L, 60L, 60L);
  }

  @Test
  void aSuccessInBetweenMakesThePauseShortAgain() {
    RestartSpec spec = new RestartSpec(RestartPolicy.Always, 20, "10s", "5m", null);
    PastAttempt[] history = {
      past(AttemptOutcome.Failed, 90),
      past(AttemptOutcome.Failed, 60),
      past(AttemptOutcome.Succeeded, 30)
    };

    assertThat(restarts(spec, history).next(ending(AttemptOutcome.Failed)))
        .contains(NOW.plusSeconds(10));
    assertThat(restarts(spec, history).next(ending(AttemptOutcome.Succeeded)))
        .contains(NOW.plusSeconds(10));
  }

  private static Restarts restarts(RestartSpec spec, PastAttempt... history) {
    return new Restarts(spec, List.of(history), NOW);
  }

  private static Ending ending(AttemptOutcome outcome) {
    return new Ending(outcome, true, "It ended.", Optional.empty(), List.of());
  }

  private static PastAttempt past(AttemptOutcome outcome, long secondsAgo) {
    String ended = NOW.minusSeconds(secondsAgo).toString();
    return new PastAttempt(1, ended, ended, outcome, null, "It ended.");
  }
}
