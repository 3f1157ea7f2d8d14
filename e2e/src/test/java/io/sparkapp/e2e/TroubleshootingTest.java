package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/troubleshooting.md} quotes what the product says, and all that is in these classes.
 */
class TroubleshootingTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOC = ROOT.resolve("docs/troubleshooting.md");

  /** Stands for what differs. */
  private static final String ANYTHING = "…";

  private static final Pattern QUOTED = Pattern.compile("(?m)^\\| `([^`]*)` \\|");

  private static final Pattern WARNING = Pattern.compile("(?m)^\\| `(\\w+)` \\| Warning \\|");

  /** Fewer are parts of sentences. */
  private static final int WORDS_OF_A_SENTENCE = 5;

  private static final int SENTENCES_AT_LEAST = 120;

  private final String page = Files.readString(DOC);
  private final List<String> messages =
      QUOTED
          .matcher(page)
          .results()
          .map((MatchResult row) -> row.group(1))
          .filter(message -> message.contains(" "))
          .toList();

  TroubleshootingTest() throws IOException {}

  @Test
  void everyMessageIsSaidByTheProduct() throws IOException {
    List<String> said = Sentences.all(ROOT);

    assertThat(messages)
        .hasSizeGreaterThan(SENTENCES_AT_LEAST)
        .flatExtracting(message -> fixedParts(message).toList())
        .allSatisfy(
            part ->
                assertThat(said.stream().anyMatch(each -> each.contains(part)))
                    .as("somebody says: %s", part)
                    .isTrue());
  }

  @Test
  void everyMessageHasWhatItMeansAndWhatToDo() {
    assertThat(page.lines().filter(line -> line.startsWith("| `") && line.contains(" ")))
        .allSatisfy(
            line -> {
              List<String> cells =
                  Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
                      .map(String::strip)
                      .toList();
              assertThat(cells).as(line).hasSizeBetween(2, 3).noneMatch(String::isBlank);
            });
  }

  /** The classes that say what is wrong with an application, a queue or a schedule. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator/applicationmaster/Limits",
        "operator/applicationmaster/DriverState",
        "operator/applicationmaster/ExecutorEnd",
        "operator/applicationmaster/Disruption",
        "operator/applicationmaster/PodReading",
        "operator/applicationmaster/Unreachable",
        "operator/applicationmaster/UnservedNamespace",
        "operator/applicationmaster/ForeignImage",
        "operator/applicationmaster/Hopeless",
        "operator/applicationmaster/ClientDriver",
        "operator/applicationmaster/ExcludedNodes",
        "operator/applicationmaster/TakenBack",
        "operator/kubernetes/ApiRefusal",
        "operator/kubernetes/PodGroupObjects",
        "operator/kubernetes/PodObjects",
        "operator/resourcemanager/Hopeless",
        "operator/resourcemanager/Obstacle",
        "operator/resourcemanager/Queue",
        "operator/resourcemanager/QueueFaults",
        "operator/resourcemanager/QueueTree",
        "operator/schedule/Timetable",
        "driver/ClusterAccess",
        "driver/ConnectProgram",
        "driver/JvmProgram",
        "driver/PythonProgram",
        "driver/RProgram",
        "driver/Packages",
        "driver/LossReason",
        "driver/MasterUrl",
        "executor/ExecutorLauncher"
      })
  void everySentenceOfTheClassIsTold(String name) throws IOException {
    for (String sentence : Sentences.of(source(name))) {
      for (String part : fixedParts(sentence).toList()) {
        if (part.split(" ").length >= WORDS_OF_A_SENTENCE) {
          assertThat(isTold(part)).as("%s says: %s", name, part).isTrue();
        }
      }
    }
  }

  /** By a message that has it, or whose own words are most of it. */
  private boolean isTold(String sentence) {
    return messages.stream()
        .flatMap(TroubleshootingTest::fixedParts)
        .anyMatch(
            part ->
                part.contains(sentence)
                    || sentence.contains(part) && part.length() * 2 > sentence.length());
  }

  /** Those of the events' page, which {@code EventsDocTest} holds to the code. */
  @Test
  void everyWarningIsTold() throws IOException {
    assertThat(WARNING.matcher(Files.readString(ROOT.resolve("docs/events.md"))).results())
        .hasSizeGreaterThan(10)
        .allSatisfy(row -> assertThat(page).contains("`" + row.group(1) + "`"));
  }

  /** What has no letters says nothing. */
  private static Stream<String> fixedParts(String message) {
    return Arrays.stream(message.split(ANYTHING))
        .map(String::strip)
        .filter(part -> part.matches(".*\\p{Alpha}{3}.*"));
  }

  private static Path source(String name) throws IOException {
    return Sentences.sources(ROOT, Sentences.MAIN).stream()
        .filter(file -> file.endsWith("io/sparkapp/" + name + ".java"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no class " + name));
  }
}
