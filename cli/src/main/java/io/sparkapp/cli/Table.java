package io.sparkapp.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Rows in columns, as wide as they need to be. */
final class Table {

  private Table() {}

  static List<String> lines(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(
                column -> rows.stream().mapToInt(row -> text(row, column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = text(row, column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + 3));
    }
    return line.toString().stripTrailing();
  }

  private static String text(List<String> row, int column) {
    String text = row.get(column);
    return text == null ? "" : text;
  }
}
