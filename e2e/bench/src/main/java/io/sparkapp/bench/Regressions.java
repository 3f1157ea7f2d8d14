package io.sparkapp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares rows with recorded ones, and finds only what is twice as bad or worse: a machine with
 * other work to do must not fail a build.
 */
public final class Regressions {

  private Regressions() {}

  /**
   * Prints a sentence for each and ends with 1 when there is one.
   *
   * @param args the file with the rows, the file with the recorded ones
   */
  public static void main(String[] args) throws IOException {
    List<String> found = in(Row.read(Path.of(args[0])), Row.read(Path.of(args[1])));
    found.forEach(System.err::println);
    if (!found.isEmpty()) {
      System.exit(1);
    }
  }

  /** One sentence for each row that is grossly worse, or that nothing was recorded for. */
  static List<String> in(List<Row> rows, List<Row> recorded) {
    Map<String, Row> before =
        recorded.stream().collect(Collectors.toMap(Row::what, Function.identity()));
    return rows.stream().flatMap(row -> sentence(row, before.get(row.what())).stream()).toList();
  }

  private static List<String> sentence(Row row, Row before) {
    if (before == null) {
      return List.of(
          row.what() + ": nothing was recorded to compare it with; add it to recorded.tsv.");
    }
    return before.wanted().grosslyWorse(row.judged(), before.judged())
        ? List.of(
            "%s: %s is twice as bad as the recorded %s, or worse."
                .formatted(row.what(), Row.number(row.judged()), Row.number(before.judged())))
        : List.of();
  }
}
