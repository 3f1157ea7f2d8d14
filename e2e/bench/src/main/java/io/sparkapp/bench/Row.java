package io.sparkapp.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of the table: what was measured, ours and, of the same run, what it is compared with. As
 * a line: {@code what ours other's-name other unit ratio wanted}, with tabs between, empty what is
 * not there.
 *
 * @param what was measured
 * @param ours our figure
 * @param other what it is compared with; empty when with nothing
 * @param unit of both figures
 * @param wanted of the ratio ours : other or, where there is nothing to compare with, of ours
 */
public record Row(String what, double ours, Optional<Other> other, String unit, Wanted wanted) {

  private static final String FILE = "BENCH_ROWS";
  private static final int COLUMNS = 7;

  /**
   * What ours is compared with.
   *
   * @param name who it is
   * @param figure in the row's unit
   */
  public record Other(String name, double figure) {}

  /** A row with something to compare with. */
  public static Row against(
      String what, double ours, String name, double other, String unit, Wanted wanted) {
    return new Row(what, ours, Optional.of(new Other(name, other)), unit, wanted);
  }

  /** A row with nothing to compare with. */
  public static Row alone(String what, double ours, String unit, Wanted wanted) {
    return new Row(what, ours, Optional.empty(), unit, wanted);
  }

  /** What is held against what is wanted: the ratio or, where there is none, our figure. */
  public double judged() {
    return other.map(each -> ours / each.figure()).orElse(ours);
  }

  /** Whether what is wanted is reached. */
  public boolean reached() {
    return wanted.reachedBy(judged());
  }

  /**
   * Appends it to the file that the system property or environment variable BENCH_ROWS names, and
   * prints it.
   */
  public void write() {
    String file = System.getProperty(FILE, System.getenv(FILE));
    System.out.println(line().replace('\t', ' '));
    if (file != null) {
      appendTo(Path.of(file));
    }
  }

  void appendTo(Path file) {
    try {
      Files.writeString(file, line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The row can not be written to " + file, e);
    }
  }

  /** All rows of a file. */
  static List<Row> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(Row::parse)
        .toList();
  }

  String line() {
    return String.join(
        "\t",
        what,
        number(ours),
        other.map(Other::name).orElse(""),
        other.map(each -> number(each.figure())).orElse(""),
        unit,
        other.map(each -> number(judged())).orElse(""),
        wanted.toString());
  }

  static Row parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("A row has " + COLUMNS + " columns, not as in: " + line);
    }
    Optional<Other> other =
        columns[3].isEmpty()
            ? Optional.empty()
            : Optional.of(new Other(columns[2], Double.parseDouble(columns[3])));
    return new Row(
        columns[0], Double.parseDouble(columns[1]), other, columns[4], Wanted.parse(columns[6]));
  }

  /** Four digits that count, as long as they are behind the point. */
  static String number(double figure) {
    double size = Math.abs(figure);
    String form = size >= 1000 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.3f" : "%.5f";
    return String.format(Locale.ROOT, form, figure);
  }
}
