package io.sparkapp.local.controlplane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the control plane's programs: an explicit directory, the cache, a download, a build from Go
 * modules; the first that works wins. An explicit directory is binding: when it lacks a program
 * that is an error, never a reason to look elsewhere.
 *
 * @param explicit {@code --kube-binaries}, else {@code KUBEBUILDER_ASSETS}
 * @param cache the directory below which downloaded and built programs are kept for good
 * @param downloadAllowed false with {@code SPARKAPP_KUBE_DOWNLOAD=off}
 * @param path the directories in which a Go toolchain is looked for
 */
public record KubeBinarySearch(
    Optional<Path> explicit, Path cache, boolean downloadAllowed, List<Path> path) {

  /** The search that the environment of this process asks for. */
  public static KubeBinarySearch fromEnvironment(Optional<Path> explicit) {
    return from(explicit, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static KubeBinarySearch from(Optional<Path> explicit, Map<String, String> env, Path home) {
    Path cache =
        setting(env, "SPARKAPP_CACHE_DIR")
            .map(Path::of)
            .or(() -> setting(env, "XDG_CACHE_HOME").map(dir -> Path.of(dir, "sparkapp")))
            .orElse(home.resolve(".cache/sparkapp"));
    return new KubeBinarySearch(
        explicit.or(() -> setting(env, "KUBEBUILDER_ASSETS").map(Path::of)),
        cache.resolve("kube"),
        !"off".equals(env.get("SPARKAPP_KUBE_DOWNLOAD")),
        setting(env, "PATH").stream()
            .flatMap(path -> List.of(path.split(java.io.File.pathSeparator)).stream())
            .filter(dir -> !dir.isEmpty())
            .map(Path::of)
            .toList());
  }

  /**
   * @param progress gets a line for the user now and then when this takes longer than a moment
   * @throws ClusterException saying all that was tried and what to do
   */
  public KubeBinaries find(Consumer<String> progress) {
    if (explicit.isPresent()) {
      return inExplicitDirectory(explicit.get());
    }
    KubeSource source = KubeSource.load();
    EnvtestDownload download = EnvtestDownload.forThisMachine();
    Optional<KubeBinaries> cached =
        KubeBinaries.in(cache.resolve(download.version()))
            .or(() -> KubeBinaries.in(cache.resolve(source.version())));
    return cached.orElseGet(() -> fetch(download, source, progress));
  }

  private static KubeBinaries inExplicitDirectory(Path directory) {
    return KubeBinaries.in(directory)
        .orElseThrow(
            () ->
                new ClusterException(
                    "No executable kube-apiserver and etcd in "
                        + directory
                        + " (from --kube-binaries or KUBEBUILDER_ASSETS): give a directory that"
                        + " has both, or leave the setting out."));
  }

  private KubeBinaries fetch(
      EnvtestDownload download, KubeSource source, Consumer<String> progress) {
    List<String> tried = new ArrayList<>();
    if (downloadAllowed) {
      try {
        return download.into(cache, progress);
      } catch (ClusterException e) {
        tried.add(e.getMessage());
        progress.accept(e.getMessage());
      }
    } else {
      tried.add("the download is switched off");
    }
    Optional<Path> go =
        path.stream()
            .map(dir -> dir.resolve("go"))
            .filter(java.nio.file.Files::isExecutable)
            .findFirst();
    if (go.isPresent()) {
      return new KubeBuild(go.get(), source, cache).run(progress);
    }
    throw new ClusterException(
        "No kube-apiserver and etcd for the local cluster: "
            + String.join("; ", tried)
            + "; and there is no go on the PATH to build them with. Install Go, or point"
            + " KUBEBUILDER_ASSETS or --kube-binaries to a directory that has both.");
  }

  private static Optional<String> setting(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
  }
}
