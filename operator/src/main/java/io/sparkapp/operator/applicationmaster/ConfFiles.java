package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.ContainerParts.env;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.sparkapp.crds.ConfSource;
import io.sparkapp.crds.SparkAppSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * ConfigMaps and Secrets with properties of Spark and Hadoop, mounted into the driver's pod: its
 * launcher reads them, and what is secret in them is in no pod's spec.
 */
final class ConfFiles {

  private static final String FOLDER = "/etc/sparkapp/";

  private ConfFiles() {}

  /** The driver's pod with what the spec names. */
  static Pod mounted(SparkAppSpec spec, Pod driver) {
    Pod withSpark = mounted(driver, spec.sparkConfFrom(), "spark-conf", "SPARKAPP_SPARK_CONF_FROM");
    return mounted(withSpark, spec.hadoopConfFrom(), "hadoop-conf", "SPARKAPP_HADOOP_CONF_FROM");
  }

  /** Folders are named in the order of the spec: later ones win. */
  private static Pod mounted(Pod pod, List<ConfSource> sources, String name, String variable) {
    if (sources.isEmpty()) {
      return pod;
    }
    PodBuilder builder = new PodBuilder(pod);
    List<String> folders = new ArrayList<>();
    for (ConfSource source : sources) {
      String volume = name + "-" + folders.size();
      String folder = FOLDER + name + "/" + folders.size();
      folders.add(folder);
      builder
          .editSpec()
          .addToVolumes(volume(volume, source))
          .editFirstContainer()
          .addToVolumeMounts(
              new VolumeMountBuilder()
                  .withName(volume)
                  .withMountPath(folder)
                  .withReadOnly(true)
                  .build())
          .endContainer()
          .endSpec();
    }
    return builder
        .editSpec()
        .editFirstContainer()
        .addToEnv(env(variable, String.join(":", folders)))
        .endContainer()
        .endSpec()
        .build();
  }

  private static Volume volume(String name, ConfSource source) {
    VolumeBuilder volume = new VolumeBuilder().withName(name);
    return source.configMap() != null
        ? volume.withNewConfigMap().withName(source.configMap()).endConfigMap().build()
        : volume.withNewSecret().withSecretName(source.secret()).endSecret().build();
  }
}
