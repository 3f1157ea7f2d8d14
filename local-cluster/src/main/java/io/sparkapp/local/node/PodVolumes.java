package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes of one pod on disk. Used by one thread at a time. */
final class PodVolumes {
  private final PodDirectory directory;
  private final Map<String, Path> paths = new HashMap<>();
  private final Map<String, FileVolume> files = new HashMap<>();

  PodVolumes(PodDirectory directory) {
    this.directory = directory;
  }

  /**
   * Prepares all volumes; may be called again after a failure.
   *
   * @throws ContainerConfigException if a volume can't be prepared (yet)
   */
  void prepare(Pod pod, VolumeContent content) {
    PodDirectory.createPrivate(directory.volumes());
    for (Volume volume : volumes(pod)) {
      try {
        paths.put(volume.getName(), prepare(volume, content));
      } catch (ContainerConfigException e) {
        throw new ContainerConfigException(
            "MountVolume.SetUp failed for volume \"%s\" : %s"
                .formatted(volume.getName(), e.getMessage()));
      }
    }
  }

  /** Brings the files up to date: all, or those that show the pod's labels and annotations. */
  void refresh(Pod pod, VolumeContent content, boolean all) {
    for (Volume volume : volumes(pod)) {
      FileVolume target = files.get(volume.getName());
      if (target != null && (all || VolumeContent.followsPod(volume))) {
        content.files(volume).ifPresent(target::write);
      }
    }
  }

  /** The container's mount paths and what is behind them on the machine. */
  Map<String, Path> mounts(Container container, Map<String, String> variables) {
    Map<String, Path> mounts = new HashMap<>();
    for (VolumeMount mount :
        container.getVolumeMounts() == null
            ? List.<VolumeMount>of()
            : container.getVolumeMounts()) {
      mounts.put(mount.getMountPath(), behind(mount, variables));
    }
    return mounts;
  }

  private Path behind(VolumeMount mount, Map<String, String> variables) {
    Path volume = paths.get(mount.getName());
    if (volume == null) {
      throw new ContainerConfigException("volume %s not found".formatted(mount.getName()));
    }
    String subPath =
        Optional.ofNullable(mount.getSubPathExpr())
            .filter(expression -> !expression.isEmpty())
            .map(expression -> VariableExpansion.expand(expression, variables))
            .or(() -> Optional.ofNullable(mount.getSubPath()))
            .orElse("");
    Path path = volume.resolve(subPath).normalize();
    if (!path.startsWith(volume)) {
      throw new ContainerConfigException("subPath %s leads out of its volume".formatted(subPath));
    }
    if (!subPath.isEmpty() && !Files.exists(path)) {
      createDirectories(path);
    }
    return path;
  }

  private Path prepare(Volume volume, VolumeContent content) {
    Path path = directory.volume(volume.getName());
    if (volume.getEmptyDir() != null) {
      return PodDirectory.createPrivate(path);
    }
    if (volume.getHostPath() != null) {
      return hostPath(volume.getHostPath());
    }
    Map<String, VolumeFile> wanted =
        content
            .files(volume)
            .orElseThrow(
                () -> new ContainerConfigException("its type is not supported on this node"));
    files
        .computeIfAbsent(
            volume.getName(),
            name -> new FileVolume(path, directory.volumes().resolve("." + name + ".partial")))
        .write(wanted);
    return path;
  }

  private static Path hostPath(HostPathVolumeSource source) {
    Path path = Path.of(source.getPath());
    if ("DirectoryOrCreate".equals(source.getType())) {
      return createDirectories(path);
    }
    boolean asWanted =
        switch (source.getType() == null ? "" : source.getType()) {
          case "Directory" -> Files.isDirectory(path);
          case "File" -> Files.isRegularFile(path);
          default -> true;
        };
    if (!asWanted) {
      throw new ContainerConfigException(
          "hostPath type check failed: %s is not a %s".formatted(path, source.getType()));
    }
    return path;
  }

  private static Path createDirectories(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Volume> volumes(Pod pod) {
    List<Volume> volumes = pod.getSpec().getVolumes();
    return volumes == null ? List.of() : volumes;
  }
}
