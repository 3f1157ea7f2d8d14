package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final InstallationCheck check =
      new InstallationCheck(null, "jobs", new PrintStream(printed, true, StandardCharsets.UTF_8));

  @Test
  void printsEachNewSentenceOnceAndStopsAtTheEnd() {
    assertThat(check.hasEnded(app("spec: {main: {}}"))).isFalse();
    assertThat(check.hasEnded(app("status: {phase: Starting, message: The driver waits.}")))
        .isFalse();
    assertThat(check.hasEnded(app("status: {phase: Starting, message: The driver waits.}")))
        .isFalse();
    assertThat(check.hasEnded(app("status: {phase: Running, message: 1 of 2 tasks.}"))).isFalse();
    assertThat(check.hasEnded(app("status: {phase: Failed, message: No image.}"))).isTrue();

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Starting: The driver waits.", "Running: 1 of 2 tasks.", "Failed: No image.");
  }

  @Test
  void saysThatItWorksOnlyWhenTheApplicationSucceeded() {
    assertThat(check.outcome(app("status: {phase: Succeeded, message: Done.}")))
        .isEqualTo("The installation works: an application ran in namespace jobs.");
    assertThat(check.outcome(app("status: {phase: Failed, message: No image.}")))
        .isEqualTo("The installation does not work: its application failed: No image.");
  }

  @Test
  void anApplicationThatSomebodyDeletesHasEnded() {
    assertThat(check.hasEnded(null)).isTrue();
    assertThat(check.outcome(null))
        .isEqualTo("The application was deleted by somebody else before it ended.");
  }

  @Test
  void saysWhetherAnOperatorHasSpokenBeforeTheTimeWasUp() {
    assertThat(check.timedOut(TIMEOUT))
        .isEqualTo(
            "The installation does not work: no operator has said a word about an application in"
                + " namespace jobs within 120 s; look whether one runs and serves it.");

    check.hasEnded(app("status: {phase: Starting, message: The driver waits.}"));

    assertThat(check.timedOut(TIMEOUT))
        .isEqualTo(
            "The installation does not work: its application has not ended within 120 s; the last"
                + " word about it was: Starting: The driver waits.");
  }

  @Test
  void itsApplicationGetsANameOfItsOwnFromTheApiServer() {
    SparkApp app = InstallationCheck.application("jobs");

    assertThat(app.getMetadata().getNamespace()).isEqualTo("jobs");
    assertThat(app.getMetadata().getName()).isNull();
    assertThat(app.getMetadata().getGenerateName()).isEqualTo("installation-check-");
    assertThat(app.getSpec().main().className()).isEqualTo("io.sparkapp.examples.Pi");
    assertThat(app.getSpec().executor().instances()).isEqualTo(1);
  }

  private static SparkApp app(String yaml) {
    return Serialization.unmarshal(yaml, SparkApp.class);
  }
}
