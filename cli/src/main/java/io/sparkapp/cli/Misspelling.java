package io.sparkapp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command or option that was meant. */
final class Misspelling {

  private Misspelling() {}

  /** A question to append to a sentence; empty when nothing is near. */
  static String hint(ParameterException wrong) {
    return unmatched(wrong)
        .map(word -> Nearest.hint(word.replaceFirst("=.*", ""), known(wrong, word)))
        .orElse("");
  }

  private static Optional<String> unmatched(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream().findFirst()
        : Optional.empty();
  }

  private static List<String> known(ParameterException wrong, String word) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    return word.startsWith("-")
        ? new ArrayList<>(spec.optionsMap().keySet())
        : new ArrayList<>(spec.subcommands().keySet());
  }
}
