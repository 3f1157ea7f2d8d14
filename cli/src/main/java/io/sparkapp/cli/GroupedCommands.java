package io.sparkapp.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands in the help of the root, by what they are for. */
final class GroupedCommands implements IHelpSectionRenderer {

  private static final int NAME = 12;

  @Override
  public String render(Help help) {
    Map<String, CommandLine> there = help.commandSpec().subcommands();
    StringBuilder text = new StringBuilder();
    for (Commands.Group group : Commands.GROUPS) {
      List<String> lines =
          group.commands().stream()
              .filter(entry -> isShown(there.get(entry.name())))
              .map(entry -> line(entry.name(), there.get(entry.name())))
              .toList();
      if (!lines.isEmpty()) {
        text.append(
            lines.stream().collect(Collectors.joining("\n", "\n" + group.title() + ":\n", "\n")));
      }
    }
    return text.toString();
  }

  private static boolean isShown(CommandLine command) {
    return command != null && !command.getCommandSpec().usageMessage().hidden();
  }

  private static String line(String name, CommandLine command) {
    return "  "
        + name
        + " ".repeat(Math.max(1, NAME - name.length()))
        + summary(command.getCommandSpec().usageMessage().description());
  }

  /** The first sentence, without its end. */
  static String summary(String... description) {
    return description.length == 0
        ? ""
        : description[0].split("(?<=[.;:]) ", 2)[0].replaceAll("[.;:]$", "");
  }
}
