package io.sparkapp.cli.convert;

import java.util.Map;
import java.util.Optional;

/**
 * A volume with the name that Spark takes for a directory for shuffle files: as properties, for
 * that is what those are.
 */
final class LocalDirVolume {

  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "hostPath", Map.of("path", "path", "type", "type"),
          "emptyDir", Map.of("medium", "medium", "sizeLimit", "sizeLimit"),
          "nfs", Map.of("server", "server", "path", "path"),
          "persistentVolumeClaim", Map.of("claimName", "claimName"));

  private final String role;
  private final SaidProperties properties;

  LocalDirVolume(String role, SaidProperties properties) {
    this.role = role;
    this.properties = properties;
  }

  void put(String name, Source volume, Source mount) {
    for (Map.Entry<String, Map<String, String>> type : OPTIONS.entrySet()) {
      Optional<Source> source = volume.field(type.getKey());
      if (source.isPresent()) {
        String prefix = "spark.kubernetes." + role + ".volumes." + type.getKey() + "." + name + ".";
        type.getValue()
            .forEach(
                (field, option) ->
                    properties.field(source.get(), field, prefix + "options." + option));
        properties.field(mount, "mountPath", prefix + "mount.path");
        properties.field(mount, "readOnly", prefix + "mount.readOnly");
        properties.field(mount, "subPath", prefix + "mount.subPath");
      }
    }
  }
}
