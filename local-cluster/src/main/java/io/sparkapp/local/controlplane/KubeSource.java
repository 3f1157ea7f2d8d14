package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our small Go module that is kube-apiserver, etcd and kubectl in one program, as the jar carries
 * it. Its {@code go.mod} is the one place that says which Kubernetes version a build gives.
 */
final class KubeSource {
  private static final List<String> FILES = List.of("go.mod", "go.sum", "main.go");
  private static final Pattern KUBERNETES =
      Pattern.compile("^\\s*k8s\\.io/kubernetes (v\\d+\\.\\d+\\.\\d+)\\s*$", Pattern.MULTILINE);

  private final Map<String, byte[]> files;
  private final String version;

  private KubeSource(Map<String, byte[]> files, String version) {
    this.files = files;
    this.version = version;
  }

  static KubeSource load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : FILES) {
      try (InputStream in = KubeSource.class.getResourceAsStream("kube-build/" + name)) {
        if (in == null) {
          throw new IllegalStateException("kube-build/" + name + " is missing from the jar");
        }
        files.put(name, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new KubeSource(
        files, versionIn(new String(files.get("go.mod"), StandardCharsets.UTF_8)));
  }

  static String versionIn(String goMod) {
    Matcher matcher = KUBERNETES.matcher(goMod);
    if (!matcher.find()) {
      throw new IllegalStateException("go.mod does not require k8s.io/kubernetes");
    }
    return matcher.group(1);
  }

  /** The Kubernetes version, such as {@code v1.34.4}. */
  String version() {
    return version;
  }

  void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** Flags of the Go linker that make every program of the build say its version. */
  String linkerFlags() {
    String[] numbers = version.substring(1).split("\\.");
    StringBuilder flags = new StringBuilder("-s -w");
    for (String owner : List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
      flags.append(" -X ").append(owner).append(".gitVersion=").append(version);
      flags.append(" -X ").append(owner).append(".gitMajor=").append(numbers[0]);
      flags.append(" -X ").append(owner).append(".gitMinor=").append(numbers[1]);
      flags.append(" -X ").append(owner).append(".gitTreeState=clean");
    }
    return flags.toString();
  }
}
