package io.sparkapp.operator.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** What the list of applications can be sorted by. */
enum SortBy {
  NAME("name", by(ApplicationRow::name)),
  NAMESPACE("namespace", by(ApplicationRow::namespace)),
  PHASE("phase", by(row -> row.phase() == null ? "" : row.phase().name())),
  PROGRESS("progress", by(row -> row.percent() == null ? -1 : row.percent())),
  EXECUTORS("executors", by(ApplicationRow::running)),
  QUEUE("queue", by(row -> row.queue() == null ? "" : row.queue())),
  USER("user", by(row -> row.user() == null ? "" : row.user())),
  CREATED("created", by(row -> row.created() == null ? "" : row.created()));

  private static final Comparator<ApplicationRow> TIES =
      Comparator.comparing(ApplicationRow::namespace).thenComparing(ApplicationRow::name);

  private final String word;
  private final Comparator<ApplicationRow> order;

  SortBy(String word, Comparator<ApplicationRow> order) {
    this.word = word;
    this.order = order;
  }

  /** As it stands in an address. */
  static Optional<SortBy> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  static String words() {
    return String.join(", ", Arrays.stream(values()).map(each -> each.word).toList());
  }

  Comparator<ApplicationRow> order(boolean descending) {
    return (descending ? order.reversed() : order).thenComparing(TIES);
  }

  private static <T extends Comparable<T>> Comparator<ApplicationRow> by(
      Function<ApplicationRow, T> field) {
    return Comparator.comparing(field);
  }
}
