package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.sparkapp.crds.LocalDir;
import io.sparkapp.crds.LocalMedium;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where an executor keeps shuffle files and spilled data: on the node, in memory, on a volume that
 * goes with its pod, or on one that its replacement gets.
 */
final class LocalStorage {

  static final String VOLUME = "spark-local";

  /** Spark's own switch for its Kubernetes backend. */
  private static final String TMPFS = "spark.kubernetes.local.dirs.tmpfs";

  /** Spark's, which registers the shuffle files that an earlier executor left behind. */
  private static final String RECOVERY = "spark.shuffle.sort.io.plugin.class";

  private static final String RECOVERING = "KubernetesLocalDiskShuffleDataIO";

  private LocalStorage() {}

  /** What it takes of the pod's memory. */
  static Memory memory(SparkAppSpec spec) {
    LocalDir wanted = spec.executor().localDir();
    return wanted != null && wanted.medium() == LocalMedium.Memory && wanted.size() != null
        ? Memory.parse(wanted.size())
        : Memory.ofMebibytes(0);
  }

  /**
   * The pod with the local directory that its application wants.
   *
   * @param claim the number of its claim, if claims are used again
   */
  static Pod with(Pod pod, SparkAppSpec spec, Names names, int executor, OptionalInt claim) {
    PodBuilder built =
        new PodBuilder(pod)
            .editSpec()
            .removeMatchingFromVolumes(volume -> VOLUME.equals(volume.getName()))
            .addToVolumes(volume(spec, names, claim))
            .endSpec();
    if (claim.isEmpty()) {
      return built.build();
    }
    return built
        .editMetadata()
        .addToLabels(Names.CLAIM, Integer.toString(claim.getAsInt()))
        .endMetadata()
        .editSpec()
        .editFirstContainer()
        .removeMatchingFromEnv(variable -> "SPARK_LOCAL_DIRS".equals(variable.getName()))
        .addAllToEnv(environment(spec, executor))
        .endContainer()
        .endSpec()
        .build();
  }

  /** The claim of an attempt with this number. */
  static PersistentVolumeClaim claim(Names names, SparkAppSpec spec, int number) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(names.claim(number))
                .withNamespace(names.namespace())
                .withLabels(names.labels())
                .build())
        .withSpec(claimSpec(spec.executor().localDir()))
        .build();
  }

  private static Volume volume(SparkAppSpec spec, Names names, OptionalInt claim) {
    VolumeBuilder volume = new VolumeBuilder().withName(VOLUME);
    LocalDir wanted = spec.executor().localDir();
    if (claim.isPresent()) {
      return volume.withNewPersistentVolumeClaim(names.claim(claim.getAsInt()), false).build();
    }
    if (wanted != null && wanted.medium() == LocalMedium.Volume) {
      return volume
          .withNewEphemeral()
          .withNewVolumeClaimTemplate()
          .withSpec(claimSpec(wanted))
          .endVolumeClaimTemplate()
          .endEphemeral()
          .build();
    }
    boolean inMemory =
        wanted == null
            ? Boolean.parseBoolean(spec.sparkConf().get(TMPFS))
            : wanted.medium() == LocalMedium.Memory;
    Optional<Quantity> limit =
        Optional.ofNullable(wanted)
            .map(LocalDir::size)
            .map(size -> new Quantity(Memory.parse(size).asQuantity()));
    return volume
        .withNewEmptyDir()
        .withMedium(inMemory ? "Memory" : null)
        .withSizeLimit(limit.orElse(null))
        .endEmptyDir()
        .build();
  }

  private static PersistentVolumeClaimSpec claimSpec(LocalDir wanted) {
    return new PersistentVolumeClaimSpecBuilder()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(wanted.storageClass())
        .withNewResources()
        .addToRequests("storage", new Quantity(Memory.parse(wanted.size()).asQuantity()))
        .endResources()
        .build();
  }

  /**
   * As deep as Spark's own backend has it, for there Spark looks for what an earlier executor left;
   * unless it does, that is swept away.
   */
  private static List<EnvVar> environment(SparkAppSpec spec, int executor) {
    String own = "spark-" + executor;
    EnvVar dirs =
        variable(
            "SPARK_LOCAL_DIRS", ContainerParts.LOCAL_DIR + "/" + own + "/executor-" + executor);
    boolean recovers = spec.sparkConf().getOrDefault(RECOVERY, "").endsWith(RECOVERING);
    return recovers
        ? List.of(dirs)
        : List.of(
            dirs,
            variable("SPARKAPP_SWEEP_DIR", ContainerParts.LOCAL_DIR),
            variable("SPARKAPP_SWEEP_KEEPS", own));
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }
}
