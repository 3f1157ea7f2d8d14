package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Computes the files of Secret, ConfigMap, downward API and projected volumes. */
final class VolumeContent {
  private static final int OWNER_EXECUTES = 0100;

  private final PodFields fields;
  private final NamespaceData data;
  private final Function<ServiceAccountTokenProjection, String> tokens;

  /**
   * @param tokens gives a token of the pod's service account
   */
  VolumeContent(
      PodFields fields,
      NamespaceData data,
      Function<ServiceAccountTokenProjection, String> tokens) {
    this.fields = fields;
    this.data = data;
    this.tokens = tokens;
  }

  /**
   * The volume's files by relative path; empty if it is not of a kind that has given files.
   *
   * @throws ContainerConfigException if something is missing and not optional
   */
  Optional<Map<String, VolumeFile>> files(Volume volume) {
    Map<String, VolumeFile> files = new TreeMap<>();
    if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      addKeys(
          files,
          "secret",
          secret.getSecretName(),
          secret.getOptional(),
          secret.getItems(),
          secret.getDefaultMode(),
          data.secret(secret.getSecretName()));
    } else if (volume.getConfigMap() != null) {
      var configMap = volume.getConfigMap();
      addKeys(
          files,
          "configmap",
          configMap.getName(),
          configMap.getOptional(),
          configMap.getItems(),
          configMap.getDefaultMode(),
          data.configMap(configMap.getName()));
    } else if (volume.getDownwardAPI() != null) {
      addFields(files, volume.getDownwardAPI().getItems());
    } else if (volume.getProjected() != null) {
      volume
          .getProjected()
          .getSources()
          .forEach(source -> add(files, source, volume.getProjected().getDefaultMode()));
    } else {
      return Optional.empty();
    }
    return Optional.of(files);
  }

  /** Whether the volume shows labels or annotations, which may change while the pod runs. */
  static boolean followsPod(Volume volume) {
    return volume.getDownwardAPI() != null
        || (volume.getProjected() != null
            && volume.getProjected().getSources().stream()
                .anyMatch(source -> source.getDownwardAPI() != null));
  }

  private void add(Map<String, VolumeFile> files, VolumeProjection source, Integer mode) {
    if (source.getServiceAccountToken() != null) {
      String token = tokens.apply(source.getServiceAccountToken());
      files.put(source.getServiceAccountToken().getPath(), file(bytes(token), mode));
    } else if (source.getConfigMap() != null) {
      var configMap = source.getConfigMap();
      addKeys(
          files,
          "configmap",
          configMap.getName(),
          configMap.getOptional(),
          configMap.getItems(),
          mode,
          data.configMap(configMap.getName()));
    } else if (source.getSecret() != null) {
      var secret = source.getSecret();
      addKeys(
          files,
          "secret",
          secret.getName(),
          secret.getOptional(),
          secret.getItems(),
          mode,
          data.secret(secret.getName()));
    } else if (source.getDownwardAPI() != null) {
      addFields(files, source.getDownwardAPI().getItems());
    } else {
      throw new ContainerConfigException(
          "a projected volume has a source that is not supported on this node");
    }
  }

  private static void addKeys(
      Map<String, VolumeFile> files,
      String resource,
      String name,
      Boolean optional,
      List<KeyToPath> items,
      Integer mode,
      Optional<Map<String, byte[]>> values) {
    boolean required = !Boolean.TRUE.equals(optional);
    if (values.isEmpty() && required) {
      throw new ContainerConfigException("%s \"%s\" not found".formatted(resource, name));
    }
    Map<String, byte[]> all = values.orElse(Map.of());
    if (items == null || items.isEmpty()) {
      all.forEach((key, value) -> files.put(key, file(value, mode)));
      return;
    }
    for (KeyToPath item : items) {
      if (all.containsKey(item.getKey())) {
        Integer own = item.getMode() == null ? mode : item.getMode();
        files.put(item.getPath(), file(all.get(item.getKey()), own));
      } else if (required) {
        throw new ContainerConfigException(
            "%s \"%s\" has no key %s".formatted(resource, name, item.getKey()));
      }
    }
  }

  private void addFields(Map<String, VolumeFile> files, List<DownwardAPIVolumeFile> items) {
    for (DownwardAPIVolumeFile item : items == null ? List.<DownwardAPIVolumeFile>of() : items) {
      String value =
          item.getFieldRef() != null
              ? fields.field(item.getFieldRef())
              : fields.resource(
                  item.getResourceFieldRef(),
                  container(item.getResourceFieldRef().getContainerName()));
      files.put(item.getPath(), file(bytes(value), item.getMode()));
    }
  }

  private Container container(String name) {
    var spec = fields.pod().getSpec();
    return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new ContainerConfigException("container %s not found".formatted(name)));
  }

  private static VolumeFile file(byte[] content, Integer mode) {
    return new VolumeFile(content, mode != null && (mode & OWNER_EXECUTES) != 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
