package io.sparkapp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in columns, as wide as they need to be. */
final class Table {

  private static final int BETWEEN = 3;

  private Table() {}

  /** What a cell looks like on the screen: colours, which take no room. */
  interface Look {
    String of(int row, int column, String text);
  }

  static List<String> lines(List<List<String>> rows) {
    return lines(rows, Integer.MAX_VALUE, (row, column, text) -> text);
  }

  /**
   * @param width columns of the screen; what is longer is cut off
   */
  static List<String> lines(List<List<String>> rows, int width, Look look) {
    int columns = rows.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(
                column -> rows.stream().mapToInt(row -> text(row, column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      lines.add(line(rows, row, widths, width, look));
    }
    return lines;
  }

  private static String line(List<List<String>> rows, int row, int[] widths, int width, Look look) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    int at = 0;
    for (int column = 0; column < widths.length; column++) {
      String cell = cut(text(rows.get(row), column), Math.max(0, width - at));
      if (!cell.isEmpty()) {
        line.append(" ".repeat(blanks)).append(look.of(row, column, cell));
        blanks = 0;
      }
      blanks += widths[column] - cell.length() + BETWEEN;
      at += widths[column] + BETWEEN;
    }
    return line.toString();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width);
  }

  private static String text(List<String> row, int column) {
    String text = row.get(column);
    return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
  }
}
