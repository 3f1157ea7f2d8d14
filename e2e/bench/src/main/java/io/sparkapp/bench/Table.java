package io.sparkapp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prints rows as the table of docs/performance.md. */
public final class Table {

  private Table() {}

  /**
   * Prints them.
   *
   * @param args the file with the rows
   */
  public static void main(String[] args) throws IOException {
    lines(Row.read(Path.of(args[0]))).forEach(System.out::println);
  }

  static List<String> lines(List<Row> rows) {
    return Stream.concat(
            Stream.of(
                "| what | ours | against | ratio | wanted | reached |",
                "|---|---|---|---|---|---|"),
            rows.stream().map(Table::line))
        .toList();
  }

  private static String line(Row row) {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.what(),
            figure(row.ours(), row.unit()),
            row.other()
                .map(each -> each.name() + ": " + figure(each.figure(), row.unit()))
                .orElse(""),
            row.other().isPresent() ? Row.number(row.judged()) : "",
            row.wanted(),
            row.reached() ? "yes" : "**no**");
  }

  private static String figure(double figure, String unit) {
    return (Row.number(figure) + " " + unit).strip();
  }
}
