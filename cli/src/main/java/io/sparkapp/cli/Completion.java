package io.sparkapp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Finds out how a command line may go on. */
final class Completion {

  /** Stands for the files of this machine, which shells know best. */
  static final Candidate FILES = new Candidate(":files", "");

  private static final String OPTION = "-";

  private final CommandLine root;
  private final Names names;

  Completion(CommandLine root, Names names) {
    this.root = root;
    this.names = names;
  }

  /** Where names come from that only a cluster knows. */
  interface Names {
    /**
     * @param what the label of the option or parameter, such as QUEUE
     */
    List<String> of(String what);
  }

  /**
   * How the last word may go on.
   *
   * @param what it is, in a few words
   */
  record Candidate(String word, String what) {
    String line() {
      return what.isEmpty() ? word : word + "\t" + what;
    }
  }

  /**
   * @param words after the command's name; the last one is being written and may be empty
   */
  List<Candidate> of(List<String> words) {
    List<String> whole = joined(words);
    String last = whole.get(whole.size() - 1);
    CommandSpec spec = root.getCommandSpec();
    int positionals = 0;
    ArgSpec awaited = null;
    for (String word : whole.subList(0, whole.size() - 1)) {
      if (awaited != null) {
        awaited = null;
      } else if (word.startsWith(OPTION)) {
        awaited = option(spec, word).filter(Completion::takesValue).orElse(null);
      } else if (positionals == 0 && spec.subcommands().containsKey(word)) {
        spec = spec.subcommands().get(word).getCommandSpec();
      } else {
        positionals++;
      }
    }
    Stream<Candidate> all = awaited == null ? open(spec, last, positionals) : values(awaited);
    return all.filter(each -> each == FILES || each.word().startsWith(last)).toList();
  }

  /** Shells that take {@code =} for a word of its own get it back where it belongs. */
  private static List<String> joined(List<String> words) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean equals = words.get(i).equals("=") && !joined.isEmpty();
      if (equals && i == words.size() - 1) {
        joined.add("");
      } else if (!equals) {
        joined.add(words.get(i));
      }
    }
    return joined.isEmpty() ? List.of("") : joined;
  }

  private Stream<Candidate> open(CommandSpec spec, String last, int positionals) {
    if (last.startsWith(OPTION)) {
      return spec.options().stream()
          .filter(option -> !option.hidden())
          .map(option -> new Candidate(option.longestName(), about(option.description())));
    }
    Stream<Candidate> commands =
        positionals > 0
            ? Stream.empty()
            : new TreeMap<>(spec.subcommands())
                .values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(command -> !command.usageMessage().hidden())
                    .map(
                        command ->
                            new Candidate(
                                command.name(), about(command.usageMessage().description())));
    Stream<Candidate> values =
        spec.positionalParameters().stream()
            .filter(parameter -> takes(parameter, positionals))
            .findFirst()
            .map(this::values)
            .orElse(Stream.empty());
    return Stream.concat(commands, values);
  }

  private static boolean takes(PositionalParamSpec parameter, int index) {
    return parameter.index().min() <= index && index <= parameter.index().max();
  }

  private Stream<Candidate> values(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
          .map(value -> new Candidate(value, ""));
    }
    String what = argument.paramLabel();
    if (what.equals("FILE") || what.equals("DIR")) {
      return Stream.of(FILES);
    }
    return names.of(what).stream().map(name -> new Candidate(name, ""));
  }

  private static Optional<OptionSpec> option(CommandSpec spec, String word) {
    return Optional.ofNullable(spec.findOption(word));
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  private static String about(String... description) {
    return GroupedCommands.summary(description);
  }
}
