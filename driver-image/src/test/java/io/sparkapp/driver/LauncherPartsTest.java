package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.driver.LastWords.Outcome;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherPartsTest {

  @TempDir Path directory;

  @Test
  void aFailureNamesTheExceptionItsWordsAndThePlaceInTheUsersCode() {
    IllegalStateException thrown = new IllegalStateException("no such year\nand more");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.apache.spark.rdd.RDD", "collect", "RDD.scala", 1),
          new StackTraceElement("com.acme.Flights", "main", "Flights.java", 12)
        });

    assertThat(Failure.sentence(thrown, "com.acme.Main"))
        .isEqualTo(
            "The application threw java.lang.IllegalStateException: no such year"
                + " (at com.acme.Flights.main(Flights.java:12)).");
  }

  @Test
  void onlyTheFirstOfTheLastWordsCounts() throws Exception {
    Path log = directory.resolve("termination-log");
    LastWords words = new LastWords(log, new LogTail());

    words.say(Outcome.UserError, 15, "boom");
    words.say(Outcome.ExitedEarly, 16, "left");

    JsonNode said = new ObjectMapper().readTree(Files.readString(log));
    assertThat(said.path("outcome").asText()).isEqualTo("UserError");
    assertThat(said.path("exitCode").asInt()).isEqualTo(15);
    assertThat(said.path("message").asText()).isEqualTo("boom");
  }

  @Test
  void lastWordsFitIntoWhatAKubeletKeeps() throws Exception {
    Path log = directory.resolve("termination-log");

    new LastWords(log, new LogTail()).say(Outcome.UserError, 15, "\u00e4".repeat(5000));

    assertThat(Files.size(log)).isLessThan(4096);
    assertThat(new ObjectMapper().readTree(Files.readString(log)).path("outcome").asText())
        .isEqualTo("UserError");
  }

  @Test
  void lastWordsFitWhateverTheirJsonNeeds() throws Exception {
    Path log = directory.resolve("termination-log");

    new LastWords(log, new LogTail()).say(Outcome.UserError, 15, "\"\n\u0001".repeat(1300));

    assertThat(Files.size(log)).isBetween(3000L, 4096L);
    assertThat(new ObjectMapper().readTree(Files.readString(log)).path("message").asText())
        .startsWith("\"\n")
        .endsWith(" ...");
  }

  @Test
  void ofAFailureTheLastLinesOfTheLogAreLeftBehindAsFarAsThereIsRoom() throws Exception {
    Path file = directory.resolve("termination-log");
    LogTail output = new LogTail();
    PrintStream printed = output.listenTo(new PrintStream(OutputStream.nullOutputStream()));
    for (int line = 1; line <= 100; line++) {
      printed.println("line " + line + " " + "ä".repeat(line));
    }

    new LastWords(file, output).say(Outcome.UserError, 15, "It failed.");

    assertThat(Files.size(file)).isBetween(3500L, 4096L);
    JsonNode words = new ObjectMapper().readTree(Files.readString(file));
    assertThat(words.path("message").asText()).isEqualTo("It failed.");
    assertThat(words.path("log").path(words.path("log").size() - 1).asText())
        .isEqualTo("line 100 " + "ä".repeat(100));
    assertThat(words.path("log").size()).isBetween(10, 20);
  }

  @Test
  void ofASuccessNoLogIsLeftBehind() throws Exception {
    Path file = directory.resolve("termination-log");
    LogTail output = new LogTail();
    output.listenTo(new PrintStream(OutputStream.nullOutputStream())).println("fine");

    new LastWords(file, output).say(Outcome.Succeeded, 0, "It succeeded.");

    assertThat(new ObjectMapper().readTree(Files.readString(file)).path("log")).isEmpty();
  }

  @Test
  void aProgramThatIsWrittenInNoKnownWayIsToldSo() {
    for (String jar : List.of("local:app.jar", "a b.jar")) {
      assertThatThrownBy(() -> load(new JvmProgram(jar, "A")))
          .as(jar)
          .isInstanceOf(ProgramNotFoundException.class)
          .hasMessageContaining(jar)
          .hasMessageContaining("local:///path/of/file");
    }
    assertThatThrownBy(() -> load(new JvmProgram(null, null)))
        .hasMessageContaining("spec.main.jar");
  }

  @Test
  void aMissingJarAndAMissingClassAreNamed() throws Exception {
    assertThatThrownBy(() -> load(new JvmProgram("local:///nowhere/app.jar", "A")))
        .hasMessageContaining("There is no local:///nowhere/app.jar");

    String jar = "local://" + Files.createFile(directory.resolve("app.jar"));
    assertThatThrownBy(() -> load(new JvmProgram(jar, "com.acme.Missing")))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessage("Class com.acme.Missing is not in " + jar + ": check spec.main.class.");
    assertThatThrownBy(() -> load(new JvmProgram(jar, "java.lang.String")))
        .hasMessageContaining("has no public static void main");
  }

  @Test
  void whatAnImageHasNotIsSaid() throws Exception {
    String file = "local://" + Files.createFile(directory.resolve("app.R"));
    Dependencies dependencies =
        new Dependencies(Map.of("spark.r.command", "r-of-nobody"), directory, directory);
    MainProgram program = MainProgram.from(Map.of("r", file), new LogTail());
    dependencies.fetch(program.file());

    assertThatThrownBy(() -> program.load(dependencies))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessage(
            "There is no r-of-nobody in the driver's image: set spec.image to one with R and"
                + " SparkR.");
  }

  private void load(MainProgram program) {
    Dependencies dependencies = new Dependencies(Map.of(), directory, directory);
    dependencies.fetch(program.file());
    program.load(dependencies);
  }

  @Test
  void anEnvironmentThatIsNotComplete() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARKAPP_NAMESPACE", "jobs");

    assertThatThrownBy(() -> DriverEnvironment.from(environment))
        .hasMessage(
            "SPARKAPP_REQUEST is not set: a driver is started by the operator, not by hand.");
  }

  @Test
  void readsWhatTheOperatorAnswers() throws Exception {
    RequestStatus status =
        RequestStatus.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"status": {"ended": [{"sequence": 4, "id": "2", "cause": "Evicted",
                      "applicationAtFault": false, "message": "low on disk"}],
                      "reclaim": [
                        {"profile": 1, "total": 4, "before": "2026-01-01T00:00:00Z"},
                        {"profile": 0, "before": "2026-01-01T00:00:00Z"}]}}
                    """));

    assertThat(status.ended())
        .containsExactly(
            new RequestStatus.Ended(
                4, "2", RequestStatus.UNKNOWN_EXIT_CODE, "Evicted", false, "low on disk"));
    assertThat(status.reclaim())
        .as("what does not say how many stay takes nothing")
        .containsExactly(new RequestStatus.Reclaim(1, 4));
    assertThat(RequestStatus.of(new ObjectMapper().createObjectNode()).ended()).isEmpty();
  }
}
