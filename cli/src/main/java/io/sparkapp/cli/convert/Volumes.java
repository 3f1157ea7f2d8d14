package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkapp.cli.submit.PodDraft;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The volumes that a spec lists for both pods; each pod gets those that it mounts. */
final class Volumes {

  private final Map<String, Source> volumes = new LinkedHashMap<>();
  private final Set<String> mounted = new LinkedHashSet<>();
  private final Findings findings;

  Volumes(Source spec, Findings findings) {
    this.findings = findings;
    spec.field("volumes").filter(Source::isSequence).stream()
        .flatMap(list -> list.elements().stream())
        .filter(Source::isMapping)
        .forEach(volume -> nameOf(volume).ifPresent(name -> volumes.put(name, volume)));
  }

  private static Optional<String> nameOf(Source volume) {
    return Optional.ofNullable(volume.fields().get("name")).flatMap(Source::text);
  }

  Optional<Source> named(String name) {
    mounted.add(name);
    return Optional.ofNullable(volumes.get(name));
  }

  /** Gives a pod those volumes that a container of it mounts. */
  void into(PodDraft pod, JsonNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      named(mount.path("name").asText()).ifPresent(volume -> pod.volume(volume.whole()));
    }
  }

  /** What nobody mounts is in no pod, there neither. */
  void unmounted() {
    volumes.forEach(
        (name, volume) -> {
          if (!mounted.contains(name)) {
            findings.lost(volume, "neither driver nor executors mount " + name + ".");
          }
        });
  }
}
