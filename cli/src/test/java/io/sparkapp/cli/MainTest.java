package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.cli.ApplicationRun.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frob",
        "run",
        "run a.yaml b.yaml",
        "submit --no-such-option",
        "convert",
        "dag",
        "dag flights -o svg",
        "dag flights -o json --watch",
        "kill",
        "logs x --executor one",
        "explain",
        "queues a b",
        "queue",
        "queue drain",
        "queue empty etl",
        "move flights",
        "move flights etl --wait long",
        "priority flights",
        "status",
        "suspend",
        "resume",
        "scheduled run",
        "completion",
        "completion tcsh",
        "list --sort size",
        "top a b"
      })
  void argumentsThatMakeNoSenseGetOneLineAndExitCodeTwo(String arguments) {
    assertThat(execute(arguments)).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("--help").doesNotContain("Exception");
  }

  @Test
  void onlySuccessHasExitCodeZero() {
    assertThat(new Outcome(true, "The application succeeded."))
        .returns(0, Outcome::exitCode)
        .returns("Succeeded", Outcome::line);
    assertThat(new Outcome(false, "main threw."))
        .returns(1, Outcome::exitCode)
        .returns("Failed: main threw.", Outcome::line);
  }

  @Test
  void aMistypedCommandOrOptionIsAnsweredWithTheNearest() {
    execute("lsit");
    assertThat(err.toString())
        .isEqualTo(
            "Unmatched argument at index 0: 'lsit'. Did you mean list? sparkapp --help says what"
                + " there is.\n");
    err.getBuffer().setLength(0);
    execute("list --wacth");
    assertThat(err.toString()).contains("Did you mean --watch?").contains("sparkapp list --help");
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertThat(execute("list --watch -o yaml")).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(execute("logs pi --all --executor 1")).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(execute("logs pi --since soon")).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(err.toString().lines()).hasSize(3).noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void aMissingKubeconfigOrContextIsNamed(@TempDir Path directory) throws IOException {
    Path kubeconfig = directory.resolve("kubeconfig");
    assertThat(execute("list --kubeconfig " + kubeconfig)).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(err.toString()).contains("There is no kubeconfig " + kubeconfig);

    Files.writeString(
        kubeconfig,
        "---\n{apiVersion: v1, kind: Config, contexts: [{name: production, context: {cluster: c, user:"
            + " u}}], clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}], users: []}");
    assertThat(execute("list --kubeconfig " + kubeconfig + " --context prodution"))
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(err.toString())
        .contains("Your kubeconfig has no context prodution. Did you mean production?");
  }

  @Test
  void aServerThatIsAwayIsOneLineAndAStackTraceOnlyWithDebug(@TempDir Path directory)
      throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            "---\n{apiVersion: v1, kind: Config, current-context: x, contexts: [{name: x, context:"
                + " {cluster: c}}], clusters: [{name: c, cluster: {server:"
                + " 'http://127.0.0.1:1'}}], users: []}");

    assertThat(execute("list --kubeconfig " + kubeconfig)).isEqualTo(ExitCode.UNREACHABLE.number());
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("127.0.0.1:1").contains("no connection");
    err.getBuffer().setLength(0);
    execute("list --debug --kubeconfig " + kubeconfig);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void onlyTheCommandThatIsNamedIsMade() {
    assertThat(Main.commandLine("status", "pi").getSubcommands()).containsOnlyKeys("status");
    assertThat(Main.commandLine("--help").getSubcommands()).containsKeys("run", "list", "queues");
    assertThat(Main.commandLine().getSubcommands().entrySet())
        .allSatisfy(
            command -> assertThat(command.getValue().getCommandName()).isEqualTo(command.getKey()));
  }

  private int execute(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    return Main.commandLine(words).setErr(new PrintWriter(err, true)).execute(words);
  }
}
