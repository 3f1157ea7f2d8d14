package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstRoundTest {

  private static final int MANY = 10_000;
  private static final Duration ROUND = Duration.ofSeconds(6);

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - ROUND.toNanos() / 2);
  private final FirstRound round = new FirstRound(nanoTime::get);

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"Running", "Succeeded", "Failed"})
  void whatGoesOnAsItDidHasItsTurnAfterAllThatWait(Phase phase) {
    round.begin(MANY);

    assertThat(round.later(app("goes-on", phase)))
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"Running", "Succeeded", "Failed"})
  void whatWaitsIsDecidedAboutAtOnce(Phase phase) {
    round.begin(MANY);

    assertThat(round.later(app("waits", phase))).isEmpty();
  }

  @Test
  void whatIsNewOrChangedOrDeletedIsDecidedAboutAtOnce() {
    round.begin(MANY);
    SparkApp created = app("created", Phase.Running);
    created.setStatus(null);
    SparkApp unseen = app("unseen", Phase.Running);
    unseen.setStatus(SparkAppStatus.NONE);
    SparkApp changed = app("changed", Phase.Running);
    changed.getMetadata().setGeneration(2L);
    SparkApp deleted = app("deleted", Phase.Running);
    deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    assertThat(round.later(created)).isEmpty();
    assertThat(round.later(unseen)).isEmpty();
    assertThat(round.later(changed)).isEmpty();
    assertThat(round.later(deleted)).isEmpty();
  }

  @Test
  void turnsAreOneAfterTheOther() {
    round.begin(MANY);

    Duration first = round.later(app("first", Phase.Running)).orElseThrow();
    Duration second = round.later(app("second", Phase.Running)).orElseThrow();

    assertThat(second).isGreaterThan(first);
  }

  @Test
  void nothingIsHeldBackTwice() {
    round.begin(MANY);
    round.later(app("once", Phase.Running)).orElseThrow();

    assertThat(round.later(app("once", Phase.Running))).isEmpty();
  }

  @Test
  void whoIsLookedAtLateStillGoesBehindThoseThatNobodyHasLookedAtYet() {
    round.begin(MANY);
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(round.later(app("late", Phase.Running))).contains(Duration.ZERO);
    assertThat(round.later(app("late", Phase.Running))).isEmpty();
  }

  @Test
  void theRoundHasAnEnd() {
    round.begin(MANY);
    nanoTime.addAndGet(ROUND.toNanos());

    assertThat(round.later(app("later", Phase.Running))).isEmpty();
  }

  @Test
  void whereThereAreFewNothingIsHeldBack() {
    round.begin(200);

    assertThat(round.later(app("one", Phase.Running))).isEmpty();
  }

  private static SparkApp app(String uid, Phase phase) {
    SparkApp app = new SparkApp();
    app.setMetadata(new ObjectMetaBuilder().withUid(uid).withGeneration(1L).build());
    app.setStatus(
        new ObjectMapper()
            .convertValue(Map.of("phase", phase, "observedGeneration", 1), SparkAppStatus.class));
    return app;
  }
}
