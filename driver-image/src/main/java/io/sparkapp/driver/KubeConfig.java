package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What kubectl's configuration files say of the current context. Several files are read as one, as
 * kubectl does: what the first one says stands.
 *
 * @param cluster the cluster's entry
 * @param user the user's entry
 * @param namespace the context's namespace
 * @param directory what paths in it are relative to
 */
record KubeConfig(JsonNode cluster, JsonNode user, String namespace, Path directory) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One file that is there. */
  private record Source(Path path, JsonNode content) {}

  /**
   * @param contextName null for the current one
   * @return empty when there is no file
   * @throws IOException when there is one that can not be used
   */
  static Optional<KubeConfig> read(List<Path> files, String contextName) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        sources.add(new Source(file, Yaml.read(file)));
      }
    }
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    String name = contextName == null ? currentContext(sources) : contextName;
    JsonNode context = entry(sources, "contexts", "context", name).content();
    Source cluster = entry(sources, "clusters", "cluster", context.path("cluster").asText());
    JsonNode user =
        context.hasNonNull("user")
            ? entry(sources, "users", "user", context.path("user").asText()).content()
            : JSON.createObjectNode();
    return Optional.of(
        new KubeConfig(
            cluster.content(),
            user,
            context.path("namespace").asText("default"),
            cluster.path().toAbsolutePath().getParent()));
  }

  /** The files that kubectl would read. */
  static List<Path> usualFiles(Map<String, String> environment, Path home) {
    String written = environment.get("KUBECONFIG");
    if (written == null || written.isBlank()) {
      return List.of(home.resolve(".kube").resolve("config"));
    }
    return Arrays.stream(written.split(File.pathSeparator))
        .filter(each -> !each.isBlank())
        .map(Path::of)
        .toList();
  }

  private static String currentContext(List<Source> sources) throws IOException {
    return sources.stream()
        .map(source -> source.content().path("current-context").asText(""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "Kubeconfig " + sources.get(0).path() + " has no current-context."));
  }

  private static Source entry(List<Source> sources, String list, String kind, String name)
      throws IOException {
    for (Source source : sources) {
      for (JsonNode each : source.content().path(list)) {
        if (each.path("name").asText().equals(name)) {
          return new Source(source.path(), each.path(kind));
        }
      }
    }
    throw new IOException(
        "Kubeconfig " + sources.get(0).path() + " has no " + kind + " named " + name + ".");
  }

  /** Of an entry that is either written in the file itself or in a file of its own. */
  Optional<byte[]> bytes(JsonNode entry, String name) throws IOException {
    if (entry.hasNonNull(name + "-data")) {
      return Optional.of(Base64.getMimeDecoder().decode(entry.get(name + "-data").asText()));
    }
    return entry.hasNonNull(name)
        ? Optional.of(Files.readAllBytes(path(entry.get(name).asText())))
        : Optional.empty();
  }

  Path path(String written) {
    return directory.resolve(written);
  }
}
