package io.sparkapp.operator;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code /metrics} printed. */
record Exposition(String text) {

  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  private Stream<Matcher> samples() {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(SAMPLE::matcher)
        .filter(Matcher::matches);
  }

  /** Labels of each sample's name. */
  Map<String, Set<String>> labels() {
    Map<String, Set<String>> labels = new TreeMap<>();
    samples()
        .forEach(
            sample -> {
              Set<String> names =
                  labels.computeIfAbsent(sample.group("name"), name -> new TreeSet<>());
              if (sample.group("labels") != null) {
                LABEL
                    .matcher(sample.group("labels"))
                    .results()
                    .forEach(it -> names.add(it.group(1)));
              }
            });
    return labels;
  }

  /** The type of each metric. */
  Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    text.lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" "))
        .forEach(words -> types.put(words[2], words[3]));
    return types;
  }

  /** The sum of a metric's samples that have all of these labels, written {@code name="value"}. */
  double value(String name, String... labels) {
    return samples()
        .filter(sample -> sample.group("name").equals(name))
        .filter(
            sample ->
                Stream.of(labels)
                    .allMatch(
                        label -> ("," + sample.group("labels") + ",").contains("," + label + ",")))
        .mapToDouble(sample -> Double.parseDouble(sample.group("value")))
        .sum();
  }
}
