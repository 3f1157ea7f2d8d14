package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.apiserver.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ours: {@code kubectl apply} of a SparkApp. */
public final class SparkApps implements Contender {

  private static final String MANIFEST =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkApp
      metadata: {name: %s, namespace: %s}
      spec:
        main:
          jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
          class: %s
          args: ["%s"]
        driver: %s
        executor: %s
      """;

  private final Place place;

  /** Its applications run there. */
  public SparkApps(Place place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public List<String> submission(String app, Path stamps) {
    Path manifest = Results.file(app + ".yaml");
    try {
      Files.writeString(
          manifest,
          MANIFEST.formatted(
              app,
              place.namespace(),
              StampedPi.CLASS,
              String.join("\", \"", StampedPi.arguments(stamps)),
              fields(Map.of("cores", "1", "memory", "1g"), place.driverFields()),
              fields(
                  Map.of("cores", "1", "memory", "1g", "instances", "2"), place.executorFields())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(place.kubectl(), "apply", "-f", manifest.toString());
  }

  private static String fields(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(some);
    all.putAll(more);
    return all.entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("KUBECONFIG", place.kubeconfig().toString());
  }

  @Override
  public boolean succeeded(String app) {
    return place.succeeded(app);
  }

  @Override
  public void delete(String app) {
    place.delete(app);
  }

  @Override
  public Duration servants() {
    return place.operatorCpu();
  }
}
