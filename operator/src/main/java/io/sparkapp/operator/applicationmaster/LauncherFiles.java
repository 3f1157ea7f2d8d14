package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.sparkapp.crds.Launcher;
import io.sparkapp.crds.SparkAppSpec;
import java.util.List;

/**
 * What a role's image needs besides Spark: the jar of our launcher and the JVM's options for Spark.
 *
 * @param role driver or executor
 * @param added whether an init container brings them into the pod
 */
record LauncherFiles(String role, boolean added) {

  private static final String IN_IMAGE = "/opt/sparkapp/";

  /** Not where an image might have something of its own. */
  private static final String ADDED = "/opt/sparkapp-added";

  private static final String VOLUME = "launcher";
  private static final String INIT = "add-launcher";

  static LauncherFiles of(String role, SparkAppSpec spec) {
    return new LauncherFiles(role, spec.launcher() == Launcher.Added);
  }

  String jar() {
    return folder() + "/" + jarName();
  }

  String argumentFile() {
    return folder() + "/java.args";
  }

  private String folder() {
    return added ? ADDED : IN_IMAGE + role;
  }

  private String jarName() {
    return "sparkapp-" + role + ".jar";
  }

  /**
   * The pod with them.
   *
   * @param ours the operator's own image of the role, which has them
   */
  Pod into(Pod pod, String ours) {
    if (!added) {
      return pod;
    }
    Container main = pod.getSpec().getContainers().get(0);
    Container init =
        new ContainerBuilder()
            .withName(INIT)
            .withImage(ours)
            .withImagePullPolicy(main.getImagePullPolicy())
            .withCommand("cp")
            .withArgs(
                List.of(IN_IMAGE + role + "/" + jarName(), IN_IMAGE + role + "/java.args", ADDED))
            // Not one after the other but the larger of the two is what a pod requests.
            .withResources(main.getResources())
            .withSecurityContext(main.getSecurityContext())
            .withVolumeMounts(ContainerParts.mount(VOLUME, ADDED))
            .build();
    return new PodBuilder(pod)
        .editSpec()
        .addToVolumes(new VolumeBuilder().withName(VOLUME).withNewEmptyDir().endEmptyDir().build())
        .addToInitContainers(init)
        .editFirstContainer()
        .addToVolumeMounts(ContainerParts.mount(VOLUME, ADDED))
        .endContainer()
        .endSpec()
        .build();
  }
}
