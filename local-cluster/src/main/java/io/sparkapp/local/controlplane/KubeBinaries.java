package io.sparkapp.local.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs of a control plane in one directory: {@code kube-apiserver} and {@code etcd}, and
 * {@code kubectl} where there is one. The layout is that of {@code KUBEBUILDER_ASSETS}.
 *
 * @param directory an existing directory with at least the first two, executable
 */
public record KubeBinaries(Path directory) {

  /** The binaries in a directory, when both needed ones are there and executable. */
  public static Optional<KubeBinaries> in(Path directory) {
    return isProgram(directory.resolve("kube-apiserver")) && isProgram(directory.resolve("etcd"))
        ? Optional.of(new KubeBinaries(directory.toAbsolutePath().normalize()))
        : Optional.empty();
  }

  public Path kubeApiserver() {
    return directory.resolve("kube-apiserver");
  }

  public Path etcd() {
    return directory.resolve("etcd");
  }

  public Optional<Path> kubectl() {
    return Optional.of(directory.resolve("kubectl")).filter(KubeBinaries::isProgram);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
