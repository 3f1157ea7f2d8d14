package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help and reference. {@code -Dcommand.update} writes the files anew instead of comparing. */
class CommandReferenceTest {

  private static final Path ROOT = Path.of("..");
  private static final boolean UPDATE = Boolean.getBoolean("command.update");

  static Stream<CommandSpec> commands() {
    return tree(Main.commandLine().getCommandSpec());
  }

  private static Stream<CommandSpec> tree(CommandSpec spec) {
    Collection<CommandLine> below = spec.subcommands().values();
    return Stream.concat(
        Stream.of(spec),
        below.stream().map(CommandLine::getCommandSpec).flatMap(CommandReferenceTest::tree));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysWhatItDoesWithAnExampleAndItsExitCodes(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();

    assertThat(usage.description()).isNotEmpty();
    assertThat(String.join("\n", usage.footer())).contains("sparkapp " + afterRoot(spec));
    assertThat(usage.exitCodeList()).hasSize(ExitCode.values().length);
    assertThat(
            Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
                .filter(argument -> !argument.hidden()))
        .allSatisfy(
            (ArgSpec argument) ->
                assertThat(argument.description()).as(argument.toString()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesAreCommandLinesThatAreUnderstood(CommandSpec spec) {
    for (String line : spec.usageMessage().footer()) {
      List<String> words = CommandReference.words(line);
      if (words.size() > 1 && words.get(0).equals("sparkapp") && !words.contains("COMMAND")) {
        Main.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      }
    }
  }

  @Test
  void theReferenceIsThatOfTheCommandAsItIs() throws IOException {
    isUpToDate(ROOT.resolve("docs/command.md"), CommandReference.markdown(Main.commandLine()));
  }

  @Test
  void theTableOfTheReadmeIsThatOfTheCommandAsItIs() throws IOException {
    Path readme = ROOT.resolve("README.md");

    isUpToDate(readme, CommandReference.withTable(Files.readString(readme), Main.commandLine()));
  }

  private static void isUpToDate(Path file, String wanted) throws IOException {
    if (UPDATE) {
      Files.writeString(file, wanted);
    }
    assertThat(file)
        .as("written by: mvn test -pl cli -am -Dtest=CommandReferenceTest -Dcommand.update")
        .hasContent(wanted);
  }

  private static String afterRoot(CommandSpec spec) {
    return spec.qualifiedName().replaceFirst("^sparkapp ?", "");
  }
}
