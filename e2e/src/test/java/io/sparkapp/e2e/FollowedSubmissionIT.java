package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What {@code sparkapp submit --follow} shows on a terminal, and that the recording of it in docs
 * is of the command as it is. {@code -Drecording.update} keeps this run's in its place.
 */
class FollowedSubmissionIT {

  private static final String COMMAND =
      "./sparkapp submit --follow --conf spark.sparkapp.name=delays"
          + " --class io.sparkapp.examples.Delays --num-executors 2 --executor-memory 1g"
          + " --conf spark.kubernetes.driver.request.cores=100m"
          + " --conf spark.kubernetes.executor.request.cores=100m"
          + " local:///opt/sparkapp/examples/sparkapp-examples.jar 20 300";

  /** What the driver's JVM and Spark's log say by themselves, and what takes another time. */
  private static final Pattern BY_CHANCE =
      Pattern.compile(
          "WARNING: .*|SLF4J.*|\\d\\d/\\d\\d/\\d\\d \\d.*|delays: (Waiting|Starting|Running).*");

  private static final Pattern TIMES = Pattern.compile("after \\d+[smh](?: ?\\d+[smh])*");

  @RegisterExtension static final OwnLocalCluster local = new OwnLocalCluster();

  @Test
  void aJobOfThreeStagesIsFollowedToItsEnd() throws Exception {
    LocalInstallation installation = local.installation();
    Path kept = installation.root().resolve("docs/submit-follow.cast");

    TerminalRecording recording = TerminalRecording.of(installation, COMMAND);
    recording.write(
        Boolean.getBoolean("recording.update")
            ? kept
            : installation.root().resolve("e2e/target/submit-follow.cast"),
        COMMAND.substring(2));

    assertThat(recording.text())
        .contains("stage 0 [")
        .containsPattern("Running, \\d+s so far: \\d+ of 32 tasks");
    assertThat(recording.lines())
        .anyMatch(line -> line.startsWith("delays: Starting: "))
        .anyMatch(line -> line.startsWith("delays: Running: "));
    assertThat(shape(recording))
        .contains("carriers late by 44 min: 3")
        .endsWith(
            "delays succeeded after a time: 3 stages, 32 tasks, the driver's exit code is 0.",
            "Succeeded")
        .isEqualTo(shape(TerminalRecording.read(kept)));
    for (int stage = 0; stage < 3; stage++) {
      assertThat(shape(recording).toString())
          .contains("stage " + stage + " is done after a time: ");
    }
  }

  /** Driver and command write to the same terminal: only the order of each one's lines is known. */
  private static List<String> shape(TerminalRecording recording) {
    return recording.lines().stream()
        .filter(line -> !line.isBlank() && !BY_CHANCE.matcher(line).matches())
        .map(line -> TIMES.matcher(line).replaceAll("after a time"))
        .sorted((one, other) -> Boolean.compare(other.startsWith("stage"), one.startsWith("stage")))
        .toList();
  }
}
