package io.sparkapp.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The chart, rendered by Helm without a cluster: what a cluster would answer is given to it. Hooks
 * are rendered like everything else.
 */
final class Chart {

  /** The chart itself. */
  static final Path FOLDER = project().resolve("helm/sparkapp-operator");

  /** Every value set to something else than its default. */
  static final String ALL_VALUES =
      read(project().resolve("helm/src/test/resources/all-values.yaml"));

  static final String RELEASE = "sparkapp";
  static final String NAMESPACE = "sparkapp-system";

  private static final String OLDEST_KUBERNETES = "1.30.0";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final String LOOKUP =
      "{{ lookup (index . 1) (index . 2) (index . 3) (index . 4) | toJson }}";
  private static final String ANSWER =
      "{{ get ((index . 0).Files.Get \"cluster.json\" | fromJson) (printf \"%s %s %s %s\" (index ."
          + " 1) (index . 2) (index . 3) (index . 4)) | default dict | toJson }}";

  private final Path copy;
  private final Map<String, JsonNode> cluster = new HashMap<>();

  /**
   * @param scratch an empty folder
   */
  Chart(Path scratch) {
    this.copy = scratch.resolve("sparkapp-operator");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(target, withoutCluster(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The project's folder. */
  static Path project() {
    return Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().call();
  }

  /** Files of the chart whose names end so. */
  static List<Path> files(String folder, String... endings) {
    try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Kubernetes object; of a kind that is not known here a generic one. */
  static HasMetadata object(String text) {
    return KUBERNETES.unmarshal(text);
  }

  /** Lets the cluster have an object. */
  Chart with(String object) {
    JsonNode parsed = yaml(object);
    String api = parsed.at("/apiVersion").asText() + " " + parsed.at("/kind").asText();
    String namespace = parsed.at("/metadata/namespace").asText();
    cluster.put(api + " " + namespace + " " + parsed.at("/metadata/name").asText(), parsed);
    JsonNode list = cluster.computeIfAbsent(api + "  ", key -> yaml("items: []"));
    ((ArrayNode) list.path("items")).add(parsed);
    return this;
  }

  /** What Helm would send to the API server. */
  Rendered render(String values) {
    String manifests =
        new Helm(copy)
            .template()
            .withKubeVersion(OLDEST_KUBERNETES)
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withValuesFile(prepare(values))
            .call();
    List<HasMetadata> objects =
        Stream.of(manifests.split("(?m)^---$"))
            .filter(document -> document.contains("kind:"))
            .map(Chart::object)
            .toList();
    return new Rendered(manifests, objects);
  }

  /** What Helm prints after an installation. */
  String notes(String values) {
    String output =
        new Helm(copy)
            .install()
            .clientOnly()
            .dryRun()
            .withDryRunOption(DryRun.CLIENT)
            .withKubeVersion(OLDEST_KUBERNETES)
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withValuesFile(prepare(values))
            .call()
            .getOutput();
    return output.substring(output.indexOf("NOTES:") + "NOTES:".length()).strip();
  }

  private Path prepare(String values) {
    try {
      Files.writeString(
          copy.resolve("cluster.json"), new ObjectMapper().writeValueAsString(cluster));
      return Files.writeString(copy.resolveSibling("values.yaml"), values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutCluster(String text) {
    return text.replace(LOOKUP, ANSWER).replaceAll("helm\\.sh/hook: .*", "sparkapp.io/hook: was");
  }
}
