package io.sparkapp.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts the words of the example's texts without Spark. */
final class WordCounts {

  private WordCounts() {}

  static Map<String, Long> without(Path root) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (Stream<Path> texts =
        Files.list(root.resolve("examples/target/image/opt/sparkapp/examples/texts"))) {
      for (Path text : texts.sorted().toList()) {
        for (String word : Files.readString(text).toLowerCase(Locale.ROOT).split("[^a-z]+")) {
          if (!word.isEmpty()) {
            counts.merge(word, 1L, Long::sum);
          }
        }
      }
    }
    return counts;
  }
}
