package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object that a pod can not start without. A kubelet waits for it without a word in the pod's
 * status; so it is looked for before the pod is made.
 *
 * @param kind what it is
 * @param name its name, in the application's namespace
 * @param key what it must hold; empty when anything will do
 */
public record Reference(Kind kind, String name, Optional<String> key) {

  /** What can be referred to. */
  public enum Kind {
    ConfigMap,
    Secret,
    PersistentVolumeClaim
  }

  /** As a user would say it. */
  public String sentence() {
    return kind + " " + name + key.map(each -> " with key " + each).orElse("");
  }

  /**
   * All that these pods refer to and is not optional.
   *
   * @param names those of the Secret and of claims that the operator makes itself
   */
  static List<Reference> of(Collection<Pod> pods, Names names) {
    return pods.stream()
        .flatMap(Reference::of)
        .filter(reference -> !names.isOurs(reference))
        .distinct()
        .sorted(Comparator.comparing(Reference::sentence))
        .toList();
  }

  private static Stream<Reference> of(Pod pod) {
    Stream<Reference> containers =
        Stream.concat(
                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
            .flatMap(Reference::of);
    return Stream.concat(containers, pod.getSpec().getVolumes().stream().flatMap(Reference::of));
  }

  private static Stream<Reference> of(Container container) {
    return Stream.concat(
        container.getEnv().stream().map(EnvVar::getValueFrom).flatMap(Reference::of),
        container.getEnvFrom().stream().flatMap(Reference::of));
  }

  private static Stream<Reference> of(EnvVarSource source) {
    if (source == null) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.ofNullable(source.getConfigMapKeyRef())
            .filter(each -> needed(each.getOptional()))
            .map(each -> new Reference(Kind.ConfigMap, each.getName(), Optional.of(each.getKey()))),
        Stream.ofNullable(source.getSecretKeyRef())
            .filter(each -> needed(each.getOptional()))
            .map(each -> new Reference(Kind.Secret, each.getName(), Optional.of(each.getKey()))));
  }

  private static Stream<Reference> of(EnvFromSource source) {
    return Stream.concat(
        Stream.ofNullable(source.getConfigMapRef())
            .filter(each -> needed(each.getOptional()))
            .map(each -> configMap(each.getName())),
        Stream.ofNullable(source.getSecretRef())
            .filter(each -> needed(each.getOptional()))
            .map(each -> secret(each.getName())));
  }

  private static Stream<Reference> of(Volume volume) {
    Stream<Reference> projected =
        Stream.ofNullable(volume.getProjected())
            .flatMap(each -> each.getSources().stream())
            .flatMap(Reference::of);
    return Stream.of(
            Stream.ofNullable(volume.getPersistentVolumeClaim())
                .map(
                    each ->
                        new Reference(
                            Kind.PersistentVolumeClaim, each.getClaimName(), Optional.empty())),
            Stream.ofNullable(volume.getConfigMap())
                .filter(each -> needed(each.getOptional()))
                .map(each -> configMap(each.getName())),
            Stream.ofNullable(volume.getSecret())
                .filter(each -> needed(each.getOptional()))
                .map(each -> secret(each.getSecretName())),
            projected)
        .flatMap(each -> each);
  }

  private static Stream<Reference> of(VolumeProjection source) {
    return Stream.concat(
        Stream.ofNullable(source.getConfigMap())
            .filter(each -> needed(each.getOptional()))
            .map(each -> configMap(each.getName())),
        Stream.ofNullable(source.getSecret())
            .filter(each -> needed(each.getOptional()))
            .map(each -> secret(each.getName())));
  }

  private static Reference configMap(String name) {
    return new Reference(Kind.ConfigMap, name, Optional.empty());
  }

  private static Reference secret(String name) {
    return new Reference(Kind.Secret, name, Optional.empty());
  }

  private static boolean needed(Boolean optional) {
    return !Boolean.TRUE.equals(optional);
  }
}
