package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkapp.cli.Completion.Candidate;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

  @Test
  void commandsAreCompletedButNoHiddenOne() {
    assertThat(words("")).contains("run", "list", "queues").doesNotContain("__complete");
    assertThat(words("st")).containsExactly("status");
    assertThat(words("queue", "")).containsExactly("drain", "open", "stop");
  }

  @Test
  void optionsAndTheirValuesAreCompleted() {
    assertThat(words("list", "--so")).containsExactly("--sort");
    assertThat(words("list", "--sort", "d")).containsExactly("duration");
    assertThat(words("list", "--sort", "=", "d")).containsExactly("duration");
    assertThat(words("list", "--sort", "=")).contains("name", "duration");
    assertThat(words("completion", "")).containsExactly("bash", "zsh", "fish");
  }

  @Test
  void namesAreAskedOfTheCluster() {
    assertThat(words("logs", "")).contains("a NAME");
    assertThat(words("logs", "--tail", "3", "")).contains("a NAME");
    assertThat(words("logs", "pi", "")).isEmpty();
    assertThat(words("kill", "pi", "")).containsExactly("a NAME");
    assertThat(words("move", "pi", "")).containsExactly("a QUEUE");
    assertThat(words("list", "--queue", "")).containsExactly("a QUEUE");
    assertThat(words("list", "-n", "")).containsExactly("a NAMESPACE");
    assertThat(words("scheduled", "run", "")).containsExactly("a SCHEDULE");
    assertThat(words("run", "exa")).containsExactly(":files");
  }

  @Test
  void aCandidateIsExplained() {
    assertThat(new Completion(Main.commandLine(), what -> List.of()).of(List.of("kil")))
        .containsExactly(new Candidate("kill", "Ends applications for good"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyShellHasAScriptThatAsksForCandidates(String shell) throws Exception {
    try (InputStream in = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("__complete -- ");
    }
  }

  /** What each shell itself makes of its script, with a command that completes to two words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          bash # COMP_WORDS=(sparkapp l) COMP_CWORD=1; _sparkapp; echo "${COMPREPLY[*]}"
          zsh  # words=(sparkapp l) CURRENT=2; _sparkapp
          fish # complete -C "sparkapp l" | string replace -r '\t.*' '' | sort -r | string join ' '
          """)
  void theShellOffersTheCandidates(String shell, String completes) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    // The function that answers for the command, and for zsh what only its line editor has.
    String command =
        switch (shell) {
          case "fish" ->
              "function sparkapp; test \"$argv\" = '__complete -- l'; and printf 'logs\\tPrints\\nlist\\n'; end\n";
          default ->
              """
              exec 3>&2
              sparkapp() { printf '%s\\n' "$*" >&3; printf 'logs\\tPrints\\nlist\\n'; }
              compdef() { :; }
              _describe() { echo "${candidates[@]%%:*}"; }
              """;
        };

    Process process =
        new ProcessBuilder(shell, "-c", command + script(shell) + "\n" + completes)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).endsWith("logs list\n");
    if (!shell.equals("fish")) {
      assertThat(said).startsWith("__complete -- l\n");
    }
  }

  private static boolean isInstalled(String shell) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, shell)));
  }

  private static String script(String shell) throws IOException {
    try (InputStream in = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> words(String... words) {
    return new Completion(Main.commandLine(), what -> List.of("a " + what))
        .of(Arrays.asList(words)).stream().map(Candidate::word).toList();
  }
}
