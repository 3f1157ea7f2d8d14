package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.UpdateStrategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * What an attempt was made from, noted on its driver's pod, so that any operator can tell later
 * what of the spec has changed since. Only a checksum for each field is noted: it may be long.
 */
final class AttemptSpec {

  /** Annotation of the driver's pod: field of the spec to checksum. */
  static final String CHECKSUMS = SparkApp.GROUP + "/spec-checksums";

  /** Annotation of the driver's pod: the generation of the spec. */
  static final String GENERATION = SparkApp.GROUP + "/spec-generation";

  /** Read anew at every decision; a running attempt takes their changes in. */
  private static final Set<String> TAKEN_IN =
      Set.of(
          "queue",
          "priorityClassName",
          "user",
          "restart",
          "limits",
          "timeToLive",
          "retainDriver",
          "suspend",
          "kill",
          "updateStrategy");

  private static final Set<String> BOUNDS = Set.of("instances", "min", "max");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private AttemptSpec() {}

  /** What is noted on the driver's pod. */
  static Map<String, String> annotations(SparkApp app) {
    return Map.of(
        CHECKSUMS,
        SparkProperties.json(checksums(app.getSpec())),
        GENERATION,
        Long.toString(generation(app)));
  }

  /**
   * Why the attempt has to give way to another one; empty as long as it runs what the spec says, or
   * is to run whatever it was made from.
   */
  static Optional<String> outdated(Observed observed) {
    SparkAppSpec spec = observed.app().getSpec();
    if (spec.updateStrategy() != UpdateStrategy.Restart) {
      return Optional.empty();
    }
    return observed
        .driver()
        .map(driver -> changed(driver, observed.app()))
        .filter(fields -> !fields.isEmpty())
        .map(
            fields ->
                "The spec changed ("
                    + String.join(", ", fields)
                    + "), and updateStrategy is Restart.");
  }

  private static List<String> changed(Pod driver, SparkApp app) {
    Map<String, String> noted =
        Objects.requireNonNullElse(driver.getMetadata().getAnnotations(), Map.of());
    // A newer operator may know fields that an older one did not note down: that is no change.
    if (!noted.containsKey(CHECKSUMS)
        || Long.toString(generation(app)).equals(noted.get(GENERATION))) {
      return List.of();
    }
    try {
      Map<String, String> then =
          JSON.readValue(noted.get(CHECKSUMS), new TypeReference<Map<String, String>>() {});
      Map<String, String> now = checksums(app.getSpec());
      Set<String> fields = new TreeSet<>(then.keySet());
      fields.addAll(now.keySet());
      return fields.stream()
          .filter(field -> !Objects.equals(then.get(field), now.get(field)))
          .map(field -> "spec." + field)
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The annotation "
              + CHECKSUMS
              + " of pod "
              + driver.getMetadata().getName()
              + " was changed by somebody.",
          e);
    }
  }

  private static Map<String, String> checksums(SparkAppSpec spec) {
    ObjectNode fields = JSON.valueToTree(spec);
    fields.remove(TAKEN_IN);
    ((ObjectNode) fields.get("executor")).remove(BOUNDS).put("dynamic", spec.executor().dynamic());
    Map<String, String> checksums = new TreeMap<>();
    fields.properties().forEach(field -> checksums.put(field.getKey(), checksum(field.getValue())));
    return checksums;
  }

  private static String checksum(JsonNode value) {
    CRC32 checksum = new CRC32();
    // As a tree a map keeps the order it was read in.
    String text = SparkProperties.json(JSON.convertValue(value, Object.class));
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }

  private static long generation(SparkApp app) {
    Long generation = app.getMetadata().getGeneration();
    return generation == null ? 1 : generation;
  }
}
