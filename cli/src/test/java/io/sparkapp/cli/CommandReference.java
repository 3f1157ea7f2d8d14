package io.sparkapp.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the reference of the command from picocli's model of it. */
final class CommandReference {

  private static final String BEGIN = "<!-- commands: written by CommandReferenceTest -->\n";
  private static final String END = "<!-- end of commands -->";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private CommandReference() {}

  static String markdown(CommandLine root) {
    StringBuilder text = new StringBuilder();
    text.append("# The command\n\n");
    text.append(
        "This is `sparkapp --help` of every command. It is written from the command itself by\n"
            + "`CommandReferenceTest`, which fails when it is out of date.\n\n");
    text.append(paragraphs(root.getCommandSpec()));
    text.append(
        "\nWith `sparkapp` linked to as `kubectl-sparkapp` in a directory on your PATH it is also\n"
            + "`kubectl sparkapp`, about the cluster and namespace of kubectl's current context, with `KUBECONFIG`,\n"
            + "`--context` and `-n` as kubectl has them; linked to as `kubectl_complete-sparkapp` too, kubectl completes it.\n\n"
            + "<!-- test: DocsCommandsIT -->\n```sh\nln -s \"$PWD/sparkapp\" ~/.local/bin/kubectl-sparkapp\n"
            + "ln -s \"$PWD/sparkapp\" ~/.local/bin/kubectl_complete-sparkapp\n```\n\n"
            + "Everything that goes wrong is told in one line on standard error, with a stack trace only after `--debug`.\n\n"
            + "## Exit codes\n\n| code | |\n|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      text.append("| %d | %s |%n".formatted(code.number(), code.meaning()));
    }
    text.append("\n## For every command\n\n").append(options(root.getCommandSpec().options()));
    for (Commands.Group group : Commands.GROUPS) {
      text.append("\n## ").append(group.title()).append('\n');
      group.commands().stream()
          .map(entry -> root.getSubcommands().get(entry.name()).getCommandSpec())
          .filter(spec -> !spec.usageMessage().hidden())
          .forEach(spec -> add(text, spec, "###"));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, CommandSpec spec, String heading) {
    text.append("\n%s %s%n%n".formatted(heading, spec.qualifiedName()));
    text.append(paragraphs(spec)).append('\n');
    text.append("```\n").append(synopsis(spec)).append("\n```\n");
    String parameters = parameters(spec.positionalParameters());
    String options =
        options(
            spec.options().stream()
                .filter(option -> !option.inherited())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList());
    if (!(parameters + options).isEmpty()) {
      text.append('\n').append("| | |\n|---|---|\n").append(parameters).append(rows(options));
    }
    text.append("\n<!-- %s -->%n```sh%n".formatted(tested(spec)));
    Arrays.stream(spec.usageMessage().footer())
        .map(line -> line.strip().replaceFirst("   +", "   # "))
        .forEach(line -> text.append(line).append('\n'));
    text.append("```\n");
    // Methods are found in any order.
    new TreeMap<>(spec.subcommands())
        .values().stream()
            .map(CommandLine::getCommandSpec)
            .forEach(below -> add(text, below, heading + "#"));
  }

  /** Who types the examples, and how they end where a local cluster can not do it. */
  private static String tested(CommandSpec spec) {
    return switch (spec.qualifiedName().replaceFirst("^sparkapp ", "")) {
      // It is asked after the cluster was brought down.
      case "top", "local page", "local status" -> "test: DocsCommandsIT; exit code: 1";
      case "completion" -> "test: CompletionTest";
      default -> "test: DocsCommandsIT";
    };
  }

  private static String rows(String table) {
    return table.replaceFirst("^\\| \\| \\|\n\\|---\\|---\\|\n", "");
  }

  private static String paragraphs(CommandSpec spec) {
    return Arrays.stream(spec.usageMessage().description())
            .map(CommandReference::plain)
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String synopsis(CommandSpec spec) {
    String text =
        new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String parameters(Collection<PositionalParamSpec> parameters) {
    return parameters.stream()
        .map(parameter -> row(parameter.paramLabel(), parameter))
        .collect(Collectors.joining());
  }

  private static String options(Collection<OptionSpec> options) {
    return options.isEmpty()
        ? ""
        : "| | |\n|---|---|\n"
            + options.stream()
                .filter(option -> !option.hidden())
                .map(option -> row(names(option), option))
                .collect(Collectors.joining());
  }

  private static String names(OptionSpec option) {
    String names = String.join("`, `", option.names());
    return option.arity().max() > 0 ? names + " " + option.paramLabel() : names;
  }

  private static String row(String names, ArgSpec argument) {
    return "| `%s` | %s |%n".formatted(names, described(argument));
  }

  private static String described(ArgSpec argument) {
    String candidates =
        argument.completionCandidates() == null
            ? ""
            : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .collect(Collectors.joining(", "));
    return String.join(" ", argument.description())
        .replace("${COMPLETION-CANDIDATES}", candidates)
        .replace("${DEFAULT-VALUE}", Objects.toString(argument.defaultValue(), ""))
        .replace("|", "\\|");
  }

  private static String plain(String line) {
    return line.replace("<", "&lt;").replace("%n", "");
  }

  /** The README with its table of commands as they are. */
  static String withTable(String readme, CommandLine root) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("README.md has no place for the table: " + BEGIN + END);
    }
    StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
    for (Commands.Group group : Commands.GROUPS) {
      for (Commands.Entry entry : group.commands()) {
        CommandSpec spec = root.getSubcommands().get(entry.name()).getCommandSpec();
        if (!spec.usageMessage().hidden()) {
          table.append(
              "| `%s` | %s |%n"
                  .formatted(
                      briefly(spec),
                      spec.usageMessage().description()[0].split("(?<=[.]) ", 2)[0]));
        }
      }
    }
    return readme.substring(0, begin + BEGIN.length()) + table + readme.substring(end);
  }

  /** Name and parameters, or name and what is below it. */
  private static String briefly(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of(spec.qualifiedName()));
    if (!spec.subcommands().isEmpty()) {
      words.add(String.join("\\|", new TreeSet<>(spec.subcommands().keySet())));
    }
    spec.positionalParameters().forEach(each -> words.add(label(each)));
    return String.join(" ", words);
  }

  private static String label(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.arity().min() == 0 ? "[" + label + "]" : label;
  }

  /** The words of an example, without what is said about it after some blanks. */
  static List<String> words(String example) {
    String line = example.strip().split(" {3,}", 2)[0].split(" \\| ", 2)[0];
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }
}
