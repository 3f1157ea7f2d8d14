package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.cli.submit.Locations;
import io.sparkapp.cli.submit.PropertyTranslation;
import io.sparkapp.cli.submit.Remarks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spark properties of a manifest, those of its fields too, each with where it was said. Other
 * operators hand their fields to spark-submit as properties, so these mean what those mean.
 */
final class SaidProperties {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Source> sources = new LinkedHashMap<>();

  /** A field that is a property; it wins over what was said before. */
  void field(Source parent, String name, String key) {
    parent.field(name).ifPresent(field -> field.text().ifPresent(text -> put(key, text, field)));
  }

  /** A field that is a list, which Spark writes with commas. */
  void list(Source parent, String name, String key) {
    parent
        .field(name)
        .filter(Source::isSequence)
        .ifPresent(
            field -> {
              String joined =
                  String.join(
                      ",", field.elements().stream().flatMap(e -> e.text().stream()).toList());
              if (!joined.isEmpty()) {
                put(key, joined, field);
              }
            });
  }

  /** A mapping of properties. */
  void all(Source parent, String name, String prefix) {
    parent
        .field(name)
        .filter(Source::isMapping)
        .ifPresent(
            properties ->
                properties
                    .fields()
                    .forEach(
                        (key, value) ->
                            value.text().ifPresent(text -> put(prefix + key, text, value))));
  }

  void put(String key, String value, Source source) {
    values.put(key, value);
    sources.put(key, source);
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  void remove(String key) {
    values.remove(key);
  }

  /** Replaces a text in all values. */
  void replace(String text, String by) {
    values.replaceAll((key, value) -> value.replace(text, by));
  }

  /** Adds them to the draft. */
  void into(AppDraft draft, Source spec, Findings findings) {
    Remarks remarks = new Remarks();
    PropertyTranslation.into(draft, values, files(), remarks);
    findings.remarks(remarks.all(), sources, spec);
  }

  /** A manifest was written for another machine than this one. */
  static Locations files() {
    return new Locations(Path.of("").toAbsolutePath(), Locations.Reach.NOBODY);
  }
}
