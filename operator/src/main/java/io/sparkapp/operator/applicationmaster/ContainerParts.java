package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.PodTemplate;
import io.sparkapp.crds.SparkAppSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What drivers' and executors' pods have in common. */
final class ContainerParts {

  /** An empty jar whose manifest names all of Spark's jars. */
  private static final String SPARK_CLASS_PATH = "/opt/spark/class-path.jar";

  private static final String SPARK_JARS = "/opt/spark/jars/*";

  private static final String WORK_DIR = "/opt/spark/work-dir";
  static final String LOCAL_DIR = "/var/data/spark-local";
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final long SPARK_USER_ID = 185L;

  private ContainerParts() {}

  static EnvVar env(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /** A variable with what the pod says of itself in a field. */
  static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef("v1", path)
        .endValueFrom()
        .build();
  }

  /** Environment of both roles. */
  static List<EnvVar> environment(Names names) {
    List<EnvVar> environment = new ArrayList<>(environmentWithoutSecret(names));
    environment.add(
        new EnvVarBuilder()
            .withName(PodTemplate.AUTH_SECRET)
            .withNewValueFrom()
            .withNewSecretKeyRef(SharedSecret.KEY, names.applicationId(), false)
            .endValueFrom()
            .build());
    return environment;
  }

  /** For an application that does not authenticate, as one of a driver outside may be. */
  static List<EnvVar> environmentWithoutSecret(Names names) {
    return List.of(
        env("SPARKAPP_APPLICATION_ID", names.applicationId()),
        field("SPARKAPP_POD_IP", "status.podIP"),
        env("SPARKAPP_TERMINATION_LOG", TERMINATION_LOG),
        env("SPARK_HOME", "/opt/spark"),
        env("SPARK_LOCAL_DIRS", LOCAL_DIR),
        env("SPARK_USER", "spark"));
  }

  /** The container of a role, without its environment's further entries. */
  static Container container(
      String role,
      String image,
      String imagePullPolicy,
      List<String> arguments,
      List<EnvVar> environment,
      Map<String, Quantity> resources) {
    Map<String, Quantity> limits = new HashMap<>(resources);
    // A limit on CPU would throttle garbage collection and start-up; Spark counts cores itself.
    limits.remove("cpu");
    return new ContainerBuilder()
        .withName(role)
        .withImage(image)
        .withImagePullPolicy(imagePullPolicy)
        .withCommand("java")
        .withArgs(arguments)
        .withWorkingDir(WORK_DIR)
        .withEnv(environment)
        .withTerminationMessagePath(TERMINATION_LOG)
        // A JVM that does not find our launcher says so in its log only.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewResources()
        .withRequests(resources)
        .withLimits(limits)
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withVolumeMounts(
            mount("work-dir", WORK_DIR), mount("spark-local", LOCAL_DIR), mount("tmp", "/tmp"))
        .build();
  }

  /** A pod around the container, ready for Pod Security "restricted". */
  static Pod pod(
      ObjectMeta metadata,
      SparkAppSpec spec,
      Container container,
      List<String> imagePullSecrets,
      Volume... more) {
    List<Volume> volumes = new ArrayList<>();
    Stream.of("work-dir", "spark-local", "tmp")
        .map(name -> new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build())
        .forEach(volumes::add);
    volumes.addAll(List.of(more));
    return new PodBuilder()
        .withMetadata(metadata)
        .withSpec(
            new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withPriorityClassName(spec.priorityClassName())
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(30L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(SPARK_USER_ID)
                .withRunAsGroup(SPARK_USER_ID)
                .withFsGroup(SPARK_USER_ID)
                .withNewSeccompProfile(null, "RuntimeDefault")
                .endSecurityContext()
                .withImagePullSecrets(
                    imagePullSecrets.stream().map(LocalObjectReference::new).toList())
                .withContainers(container)
                .withVolumes(volumes)
                .build())
        .build();
  }

  static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  /**
   * What a pod requests.
   *
   * @param cpuRequest null for as many as cores
   */
  static Map<String, Quantity> resources(int cores, String cpuRequest, Memory memory) {
    return Map.of(
        "cpu",
        new Quantity(cpuRequest == null ? Integer.toString(cores) : cpuRequest),
        "memory",
        new Quantity(memory.asQuantity()));
  }

  static List<String> userOptions(String javaOptions, String sparkConfOptions) {
    return Stream.of(sparkConfOptions, javaOptions).filter(each -> each != null).toList();
  }

  /**
   * The class path of a role. A class-data archive is used only if the class path begins with what
   * it was made with, in the same order; a wildcard has no order. So the image's list of Spark's
   * jars comes first, then the launcher; then whatever else lies among Spark's jars, and the user's
   * entries. An image without such a list loses nothing but the archive.
   */
  static String classPath(String launcher, String extra) {
    String ours = String.join(":", SPARK_CLASS_PATH, launcher, SPARK_JARS);
    return extra == null || extra.isBlank() ? ours : ours + ":" + extra;
  }
}
