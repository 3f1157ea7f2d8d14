package io.sparkapp.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.local.archives.SparkArchives;
import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a local cluster consists of.
 *
 * @param stateDirectory everything the cluster keeps; one cluster per directory
 * @param kubeBinaries {@code --kube-binaries}; empty looks them up, see {@link
 *     io.sparkapp.local.controlplane.KubeBinarySearch}
 * @param manifests YAML files applied at each start, in this order; definitions of resources are
 *     waited for
 * @param images image name to its layer directories, lowest layer first
 * @param operatorCommand the operator's command line, kept running; empty runs no operator
 * @param operatorEnvironment added to the operator's environment; KUBECONFIG is set already, and
 *     host and port of its page are where SPARKAPP_WEB_ENABLED is true
 * @param archives class-data archives to be made in the background, if they are not there yet
 */
public record LocalClusterOptions(
    Path stateDirectory,
    Optional<Path> kubeBinaries,
    List<Path> manifests,
    Map<String, List<Path>> images,
    List<String> operatorCommand,
    Map<String, String> operatorEnvironment,
    Optional<SparkArchives> archives) {

  public LocalClusterOptions {
    stateDirectory = absolute(stateDirectory);
    kubeBinaries = kubeBinaries.map(LocalClusterOptions::absolute);
    manifests = manifests.stream().map(LocalClusterOptions::absolute).toList();
    images = copyOf(images);
    operatorCommand = List.copyOf(operatorCommand);
    operatorEnvironment = Map.copyOf(operatorEnvironment);
  }

  /** A cluster in a state directory, without images, manifests and operator. */
  public static LocalClusterOptions in(Path stateDirectory) {
    return new LocalClusterOptions(
        stateDirectory,
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** {@code SPARKAPP_LOCAL_DIR}, else {@code ~/.local/state/sparkapp}. */
  public static Path defaultStateDirectory() {
    return stateDirectory(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path stateDirectory(Map<String, String> env, Path home) {
    return Optional.ofNullable(env.get("SPARKAPP_LOCAL_DIR"))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElse(home.resolve(".local/state/sparkapp"));
  }

  public LocalClusterOptions withKubeBinaries(Path directory) {
    return new LocalClusterOptions(
        stateDirectory,
        Optional.of(directory),
        manifests,
        images,
        operatorCommand,
        operatorEnvironment,
        archives);
  }

  /** Writes them for the background process, mode 0600: the environment may hold secrets. */
  void write(Path file) {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    images.forEach((name, directories) -> layers.put(name, texts(directories)));
    Stored stored =
        new Stored(
            stateDirectory.toString(),
            kubeBinaries.map(Path::toString).orElse(null),
            texts(manifests),
            layers,
            operatorCommand,
            operatorEnvironment,
            archives.map(Archives::of).orElse(null));
    try {
      PrivateFile.write(file, new ObjectMapper().writeValueAsString(stored));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static LocalClusterOptions read(Path file) {
    try {
      Stored stored = new ObjectMapper().readValue(Files.readString(file), Stored.class);
      Map<String, List<Path>> layers = new LinkedHashMap<>();
      stored.images.forEach((name, directories) -> layers.put(name, paths(directories)));
      return new LocalClusterOptions(
          Path.of(stored.stateDirectory),
          Optional.ofNullable(stored.kubeBinaries).map(Path::of),
          paths(stored.manifests),
          layers,
          stored.operatorCommand,
          stored.operatorEnvironment,
          Optional.ofNullable(stored.archives).map(Archives::read));
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot read the local cluster's options from %s: %s.".formatted(file, e.getMessage()),
          e);
    }
  }

  /** The same as JSON has it. */
  private record Stored(
      String stateDirectory,
      String kubeBinaries,
      List<String> manifests,
      Map<String, List<String>> images,
      List<String> operatorCommand,
      Map<String, String> operatorEnvironment,
      Archives archives) {}

  private record Archives(String directory, String spark, String driver, String examples) {

    static Archives of(SparkArchives archives) {
      return new Archives(
          archives.directory().toString(),
          archives.spark().toString(),
          archives.driver().toString(),
          archives.examples().toString());
    }

    SparkArchives read() {
      return new SparkArchives(
          Path.of(directory), Path.of(spark), Path.of(driver), Path.of(examples));
    }
  }

  private static Map<String, List<Path>> copyOf(Map<String, List<Path>> images) {
    Map<String, List<Path>> copy = new LinkedHashMap<>();
    images.forEach(
        (name, layers) ->
            copy.put(name, layers.stream().map(LocalClusterOptions::absolute).toList()));
    return java.util.Collections.unmodifiableMap(copy);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  private static List<Path> paths(List<String> texts) {
    return texts.stream().map(Path::of).toList();
  }
}
