package io.sparkapp.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorLauncherPartsTest {

  @TempDir Path directory;

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void shutDown() {
    scheduler.shutdownNow();
  }

  @Test
  void anAddressIsThereOnceTheFileHasContent() throws Exception {
    Path file = directory.resolve("driver-address");
    assertThat(ExecutorLauncher.address(file)).isEmpty();
    Files.writeString(file, "");
    assertThat(ExecutorLauncher.address(file)).isEmpty();
    Files.writeString(file, "10.42.0.7:7078\n");
    assertThat(ExecutorLauncher.address(file)).contains("10.42.0.7:7078");
  }

  @Test
  void waitsUntilThereIsAnAnswerAndNoLonger() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Optional<Integer> answer =
        new DriverWait(scheduler)
            .until(
                () -> Optional.of(asked.incrementAndGet()).filter(times -> times == 3),
                Duration.ofSeconds(30));

    assertThat(answer).contains(3);
  }

  @Test
  void waitsForABoundedTime() throws Exception {
    assertThat(new DriverWait(scheduler).until(Optional::empty, Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void becomesSparksExecutorWithTheseArguments() {
    assertThat(ExecutorEnvironment.from(environment()).arguments("10.42.0.7:7078"))
        .containsExactly(
            "--driver-url", "spark://CoarseGrainedScheduler@10.42.0.7:7078",
            "--executor-id", "4",
            "--hostname", "10.42.0.9",
            "--cores", "2",
            "--app-id", "flights-1",
            "--resourceProfileId", "0");
  }

  @Test
  void saysWhichPartOfItsEnvironmentIsMissing() {
    Map<String, String> environment = environment();
    environment.remove("SPARKAPP_EXECUTOR_ID");

    assertThatThrownBy(() -> ExecutorEnvironment.from(environment))
        .hasMessageContaining("SPARKAPP_EXECUTOR_ID is not set");
  }

  @Test
  void readsWhatMustBeKnownBeforeTheDriverCanBeTalkedTo() {
    Map<String, String> environment = environment();
    environment.put(
        "SPARKAPP_EXECUTOR_CONF",
        """
        {"spark.authenticate": "true", "spark.ssl.key": "a \\"quoted\\" {word}"}
        """);

    assertThat(ExecutorEnvironment.from(environment).conf())
        .containsExactly(
            Map.entry("spark.authenticate", "true"),
            Map.entry("spark.ssl.key", "a \"quoted\" {word}"));
    environment.remove("SPARKAPP_EXECUTOR_CONF");
    assertThat(ExecutorEnvironment.from(environment).conf()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "spark", "{\"a\": 1}", "{\"a\": {\"a\": \"c\"}}", "{\"a\": \"b\""})
  void refusesAnythingElseThanAnObjectOfTexts(String conf) {
    Map<String, String> environment = environment();
    environment.put("SPARKAPP_EXECUTOR_CONF", conf);

    assertThatThrownBy(() -> ExecutorEnvironment.from(environment))
        .hasMessage("SPARKAPP_EXECUTOR_CONF is not a JSON object of texts.");
  }

  private static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "SPARKAPP_APPLICATION_ID", "flights-1",
            "SPARKAPP_EXECUTOR_ID", "4",
            "SPARKAPP_EXECUTOR_CORES", "2",
            "SPARKAPP_RESOURCE_PROFILE", "0",
            "SPARKAPP_POD_IP", "10.42.0.9",
            "SPARKAPP_DRIVER_ADDRESS_FILE", "/etc/sparkapp/driver-address"));
  }
}
