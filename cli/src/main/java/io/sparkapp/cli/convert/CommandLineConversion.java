package io.sparkapp.cli.convert;

import io.sparkapp.cli.convert.CommandLineText.Word;
import io.sparkapp.cli.submit.Remark.Kind;
import io.sparkapp.cli.submit.SubmitOptions;
import io.sparkapp.cli.submit.SubmitOptions.DeployMode;
import io.sparkapp.cli.submit.SubmitTranslation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A spark-submit command line, in a script or as the words of an argument list. */
public final class CommandLineConversion {

  private CommandLineConversion() {}

  static Conversion ofScript(String text, Optional<String> namespace) {
    Conversion whole = new Conversion(List.of(), List.of());
    for (List<Word> words : CommandLineText.commands(text)) {
      whole = whole.and(ofWords(words, namespace));
    }
    return whole;
  }

  /**
   * The words of a command.
   *
   * @param words with or without spark-submit itself
   */
  public static Conversion of(List<String> words, Optional<String> namespace) {
    boolean named = !words.isEmpty() && words.get(0).matches("(.*/)?spark-submit2?(\\.sh|\\.cmd)?");
    return ofWords(
        words.stream().skip(named ? 1 : 0).map(word -> new Word(word, 1, false)).toList(),
        namespace);
  }

  /** Parses options as spark-submit does: they end where the application's file is named. */
  public static SubmitOptions parse(List<String> words) {
    SubmitOptions options = new SubmitOptions();
    new CommandLine(options)
        .setStopAtPositional(true)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .parseArgs(words.toArray(new String[0]));
    return options;
  }

  private static Conversion ofWords(List<Word> words, Optional<String> namespace) {
    int line = words.isEmpty() ? 1 : words.get(0).line();
    SubmitOptions options;
    try {
      options = parse(words.stream().map(Word::text).toList());
    } catch (ParameterException e) {
      throw new UnreadableException(
          line, "spark-submit would not take this: " + e.getMessage() + ".");
    }
    SubmitTranslation translation = SubmitTranslation.of(options, SaidProperties.files(), Map.of());
    List<Finding> findings = findings(translation, words, line);
    namespace.ifPresent(name -> translation.draft().metadata().put("namespace", name));
    return new Conversion(List.of(translation.draft().manifest()), findings);
  }

  private static List<Finding> findings(SubmitTranslation translation, List<Word> words, int line) {
    Stream<Finding> remarks =
        translation.remarks().stream()
            .map(
                remark ->
                    new Finding(
                        lineOf(remark.subject(), words, line),
                        remark.subject(),
                        remark.kind(),
                        remark.sentence()));
    Stream<Finding> place =
        translation.deployMode() == DeployMode.cluster
            ? Stream.of()
            : Stream.of(inPod(translation.deployMode(), lineOf("--deploy-mode", words, line)));
    Stream<Finding> variables =
        words.stream()
            .filter(Word::expands)
            .map(
                word ->
                    new Finding(
                        word.line(),
                        word.text(),
                        Kind.LOST,
                        "only the shell knows what this stands for: put the value in its place."));
    return Stream.of(remarks, place, variables)
        .flatMap(each -> each)
        .sorted(Comparator.comparingInt(Finding::line))
        .toList();
  }

  private static Finding inPod(DeployMode mode, int line) {
    boolean said = mode == DeployMode.client;
    return new Finding(
        line,
        "--deploy-mode",
        said ? Kind.LOST : Kind.NOTE,
        "client, which "
            + (said ? "is asked for" : "is what spark-submit does when nothing is said")
            + ", becomes a driver in a pod; to have it on your machine, run the same command with"
            + " --master sparkapp://NAMESPACE.");
  }

  private static int lineOf(String subject, List<Word> words, int otherwise) {
    return words.stream()
        .filter(
            word ->
                word.text().equals(subject)
                    || word.text().startsWith(subject + "=")
                    || word.text().contains("=" + subject + "="))
        .findFirst()
        .map(Word::line)
        .orElse(otherwise);
  }
}
