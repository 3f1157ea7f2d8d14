package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Applications, one a line.
 *
 * @param namespaces whether the namespace is a column
 * @param wide whether there are more columns than fit most screens
 * @param now the time that ages are told of
 * @param style how phases look
 * @param columns of the screen
 */
record ListScreen(boolean namespaces, boolean wide, Instant now, Style style, int columns) {

  /** A column's title and what it tells of an application. */
  private record Column(String title, Function<ListedApplication, String> cell) {}

  /** With a header. */
  List<String> lines(List<ListedApplication> apps) {
    List<Column> titles = columnsShown();
    List<List<String>> rows = new ArrayList<>();
    rows.add(titles.stream().map(Column::title).toList());
    apps.forEach(app -> rows.add(row(titles, app)));
    int phase = titles.stream().map(Column::title).toList().indexOf("PHASE");
    return Table.lines(
        rows,
        columns,
        (row, column, text) ->
            row == 0
                ? style.bold(text)
                : column == phase
                    ? style.phase(apps.get(row - 1).phase().orElse(null), text)
                    : text);
  }

  /** One application without a header, for a log of changes. */
  String line(ListedApplication app) {
    List<String> cells = row(columnsShown(), app);
    return String.join("   ", cells.stream().filter(cell -> !cell.isEmpty()).toList());
  }

  /** How many there are of each phase, in one line. */
  static String summary(List<ListedApplication> apps) {
    StringBuilder summary = new StringBuilder(count(apps.size()));
    String between = ": ";
    for (Phase phase : Phase.values()) {
      long number = apps.stream().filter(app -> app.phaseOrWaiting() == phase).count();
      if (number > 0) {
        summary
            .append(between)
            .append(number)
            .append(' ')
            .append(phase.name().toLowerCase(Locale.ROOT));
        between = ", ";
      }
    }
    return summary.toString();
  }

  private static String count(int number) {
    return number + (number == 1 ? " application" : " applications");
  }

  private static List<String> row(List<Column> columns, ListedApplication app) {
    return columns.stream().map(column -> column.cell().apply(app)).toList();
  }

  private List<Column> columnsShown() {
    List<Column> shown = new ArrayList<>();
    if (namespaces) {
      shown.add(new Column("NAMESPACE", ListedApplication::namespace));
    }
    shown.add(new Column("NAME", ListedApplication::name));
    shown.add(column("PHASE", "status", "phase"));
    shown.add(column("PROGRESS", "status", "progress", "summary"));
    shown.add(column("EXECUTORS", "status", "executors", "summary"));
    shown.add(new Column("QUEUE", ListedApplication::queue));
    shown.add(column("PLACE", "status", "place"));
    shown.add(new Column("AGE", app -> Age.between(app.created(), now)));
    shown.add(new Column("DURATION", app -> app.duration(now).map(Age::of).orElse("")));
    if (wide) {
      shown.add(column("USER", "spec", "user"));
      shown.add(column("PRIORITY", "spec", "priorityClassName"));
      shown.add(column("ATTEMPT", "status", "attempt"));
      shown.add(column("DRIVER", "status", "driver", "pod"));
    }
    shown.add(column("MESSAGE", "status", "message"));
    return shown;
  }

  private static Column column(String title, String... path) {
    return new Column(title, app -> app.text(path).orElse(""));
  }
}
