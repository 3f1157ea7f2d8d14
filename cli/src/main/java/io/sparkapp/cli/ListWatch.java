package io.sparkapp.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The applications that a watch has seen, and which of their changes are worth a line. */
final class ListWatch {

  private final Predicate<ListedApplication> filter;
  private final Map<String, ListedApplication> apps = new HashMap<>();
  private final Map<String, String> told = new HashMap<>();

  ListWatch(Predicate<ListedApplication> filter) {
    this.filter = filter;
  }

  /** Those that are there and meant. */
  List<ListedApplication> apps() {
    return List.copyOf(apps.values());
  }

  /**
   * Takes one in as it is now.
   *
   * @param line tells of one
   * @return what is to be told of it, unless it was told before or it is not meant
   */
  Optional<String> take(
      ListedApplication app, boolean gone, Function<ListedApplication, String> line) {
    String key = app.namespace() + "/" + app.name();
    boolean known = apps.containsKey(key);
    if (gone || !filter.test(app)) {
      apps.remove(key);
      told.remove(key);
      return gone && known ? Optional.of(app.name() + "   deleted") : Optional.empty();
    }
    apps.put(key, app);
    String news = news(app);
    return news.equals(told.put(key, news)) ? Optional.empty() : Optional.of(line.apply(app));
  }

  /** All that a line tells but the passing of time. */
  private static String news(ListedApplication app) {
    return Stream.of(
            app.text("status", "phase"),
            app.text("status", "progress", "summary"),
            app.text("status", "executors", "summary"),
            Optional.of(app.queue()),
            app.text("status", "place"),
            app.text("status", "message"))
        .map(told -> told.orElse(""))
        .collect(Collectors.joining("|"));
  }
}
