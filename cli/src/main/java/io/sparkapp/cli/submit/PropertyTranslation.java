package io.sparkapp.cli.submit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Spark properties to a SparkApp: those that have a field of their own become that field, those
 * that nothing here would read are remarked upon, all others are kept.
 */
public final class PropertyTranslation {

  private final Map<String, String> left;
  private final AppDraft draft;
  private final Locations locations;
  private final Remarks remarks;

  private PropertyTranslation(
      Map<String, String> properties, AppDraft draft, Locations locations, Remarks remarks) {
    this.left = new LinkedHashMap<>(properties);
    this.draft = draft;
    this.locations = locations;
    this.remarks = remarks;
  }

  /**
   * Adds properties to a draft. The subject of each remark is the property.
   *
   * @param properties all of the application's, for some mean something only together
   */
  public static void into(
      AppDraft draft, Map<String, String> properties, Locations locations, Remarks remarks) {
    PropertyTranslation translation =
        new PropertyTranslation(properties, draft, locations, remarks);
    new TemplateProperties(translation).translate();
    new ExecutorCounts(translation).translate();
    new SizeProperties(translation).translate();
    new VolumeProperties(translation).translate();
    new ApplicationProperties(translation).translate();
    new KubernetesProperties(translation).translate();
    new YarnProperties(translation).translate();
    translation.rest();
  }

  AppDraft draft() {
    return draft;
  }

  Locations locations() {
    return locations;
  }

  Remarks remarks() {
    return remarks;
  }

  /** A property that nobody else is to look at any more. */
  Optional<String> take(String key) {
    return Optional.ofNullable(left.remove(key)).map(String::strip);
  }

  /** All that begin so, by what comes after; nobody else is to look at them any more. */
  Map<String, String> takeAll(String prefix) {
    Map<String, String> taken = new LinkedHashMap<>();
    left.keySet().stream()
        .filter(key -> key.startsWith(prefix) && key.length() > prefix.length())
        .toList()
        .forEach(key -> taken.put(key.substring(prefix.length()), left.remove(key)));
    return taken;
  }

  /** What a property says, for somebody who does not care for it first of all. */
  Optional<String> look(String key) {
    return Optional.ofNullable(left.get(key)).map(String::strip);
  }

  /** A property that becomes a field as it is. */
  void field(String key, String path) {
    take(key).filter(value -> !value.isEmpty()).ifPresent(value -> draft.set(path, value));
  }

  /** A property that is not carried over, if it is there. */
  void lost(String key, String sentence) {
    take(key).ifPresent(value -> remarks.lost(key, sentence));
  }

  /** A property that needs no counterpart, if it is there. */
  void note(String key, String sentence) {
    take(key).ifPresent(value -> remarks.note(key, sentence));
  }

  private void rest() {
    left.forEach(
        (key, value) -> {
          if (key.startsWith("spark.kubernetes.")) {
            remarks.lost(
                key,
                "it is for Spark's own Kubernetes backend; here the operator makes the pods, and a"
                    + " SparkApp has nothing that corresponds to it.");
          } else if (key.startsWith("spark.")) {
            draft.conf(key, value.strip());
          } else {
            remarks.lost(key, "it is no Spark property: spark-submit ignores it too.");
          }
        });
  }
}
