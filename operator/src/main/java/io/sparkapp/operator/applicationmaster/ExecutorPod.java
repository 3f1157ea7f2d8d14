package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.ContainerParts.env;
import static io.sparkapp.operator.applicationmaster.ContainerParts.field;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An executor's pod. It may be created before the driver has an address: it reads that from a file
 * which the kubelet keeps equal to an annotation of the pod. It has no access to the API server.
 */
final class ExecutorPod {

  private static final String LAUNCHER = "io.sparkapp.executor.ExecutorLauncher";
  private static final String ADDRESS_VOLUME = "driver-address";
  private static final String ADDRESS_DIR = "/etc/sparkapp";
  private static final Duration OUTSIDE = Duration.ofSeconds(30);
  private static final String EXECUTOR_ENV = "spark.executorEnv.";

  /**
   * Spark's executors hand such variables over when they register: the driver, which knows them by
   * their pods' addresses, learns which share a node.
   */
  private static final String NODE_ATTRIBUTE = "SPARK_EXECUTOR_ATTRIBUTE_NODE_NAME";

  private final PodDefaults defaults;

  ExecutorPod(PodDefaults defaults) {
    this.defaults = defaults;
  }

  /** Only its metadata says which executor it is: all of one profile have one specification. */
  Pod build(Names names, SparkAppSpec spec, Ask ask, ObjectMeta metadata) {
    ExecutorSpec wanted = spec.executor();
    LauncherFiles launcher = LauncherFiles.of(Names.EXECUTOR, spec);
    List<String> arguments =
        JavaCommand.arguments(
            launcher.argumentFile(),
            Memory.parse(ask.memory()).asSparkProperty(),
            defaults.optionsOfExecutors(),
            ContainerParts.userOptions(
                wanted.javaOptions(), spec.sparkConf().get("spark.executor.extraJavaOptions")),
            ContainerParts.classPath(
                launcher.jar(), spec.sparkConf().get("spark.executor.extraClassPath")),
            LAUNCHER,
            List.of());
    String image =
        Optional.ofNullable(wanted.image())
            .or(() -> Optional.ofNullable(spec.image()))
            .orElse(defaults.executorImage());
    Container container =
        new ContainerBuilder(
                ContainerParts.container(
                    Names.EXECUTOR,
                    image,
                    defaults.imagePullPolicy(),
                    arguments,
                    environment(names, spec, ask),
                    resources(ask, wanted.cpuRequest())))
            .addToVolumeMounts(ContainerParts.mount(ADDRESS_VOLUME, ADDRESS_DIR))
            .build();
    Pod pod =
        ContainerParts.pod(
            metadata, spec, container, defaults.imagePullSecrets(spec), addressVolume());
    return new PodBuilder(launcher.into(pod, defaults.executorImage()))
        .editSpec()
        .withAutomountServiceAccountToken(false)
        .withHostAliases(driverHost(spec))
        .endSpec()
        .build();
  }

  /** The name of a driver outside of the cluster may mean nothing to the cluster's DNS. */
  private static List<HostAlias> driverHost(SparkAppSpec spec) {
    return Optional.ofNullable(spec.client())
        .filter(client -> client.ip() != null)
        // Names there are in lower case; who looks one up does not mind.
        .map(client -> new HostAlias(List.of(client.host().toLowerCase(Locale.ROOT)), client.ip()))
        .stream()
        .toList();
  }

  /** A driver outside is there already: one that does not answer soon never will. */
  private Duration driverWait(SparkAppSpec spec) {
    Duration patience = defaults.driverWait();
    boolean shorter = spec.client() != null && patience.compareTo(OUTSIDE) > 0;
    return shorter ? OUTSIDE : patience;
  }

  private static List<EnvVar> common(Names names, SparkAppSpec spec) {
    return spec.client() != null && !spec.client().authenticate()
        ? ContainerParts.environmentWithoutSecret(names)
        : ContainerParts.environment(names);
  }

  private List<EnvVar> environment(Names names, SparkAppSpec spec, Ask ask) {
    List<EnvVar> environment = new ArrayList<>(common(names, spec));
    environment.add(field("SPARKAPP_EXECUTOR_ID", "metadata.labels['" + Names.EXECUTOR_ID + "']"));
    environment.add(env("SPARKAPP_EXECUTOR_CORES", Integer.toString(ask.cores())));
    environment.add(env("SPARKAPP_RESOURCE_PROFILE", Integer.toString(ask.profile())));
    environment.add(env("SPARKAPP_DRIVER_ADDRESS_FILE", ADDRESS_DIR + "/" + ADDRESS_VOLUME));
    environment.add(field(NODE_ATTRIBUTE, "spec.nodeName"));
    environment.add(env("SPARKAPP_DRIVER_WAIT", driverWait(spec).toString()));
    environment.add(
        env(
            "SPARKAPP_EXECUTOR_CONF",
            SparkProperties.json(SparkProperties.ofExecutor(names, spec))));
    new TreeMap<>(spec.sparkConf())
        .forEach(
            (key, value) -> {
              if (key.startsWith(EXECUTOR_ENV) && key.length() > EXECUTOR_ENV.length()) {
                environment.add(env(key.substring(EXECUTOR_ENV.length()), value));
              }
            });
    return environment;
  }

  /** What its container requests. */
  static Map<String, Quantity> resources(Ask ask, String cpuRequest) {
    Memory memory =
        ask.memoryOverhead() == null
            ? Memory.parse(ask.memory())
            : Memory.parse(ask.memory()).plus(Memory.parse(ask.memoryOverhead()));
    // As in Spark what the default profile's pods request is no business of the others'.
    String cpu = ask.profile() == 0 ? cpuRequest : null;
    Map<String, Quantity> resources =
        new HashMap<>(ContainerParts.resources(ask.cores(), cpu, memory));
    resources.putAll(CustomResources.quantities(Names.EXECUTOR, ask.profile(), ask.resources()));
    return resources;
  }

  private static Volume addressVolume() {
    return new VolumeBuilder()
        .withName(ADDRESS_VOLUME)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(ADDRESS_VOLUME)
        .withNewFieldRef("v1", "metadata.annotations['" + Names.DRIVER_ADDRESS + "']")
        .endItem()
        .endDownwardAPI()
        .build();
  }
}
