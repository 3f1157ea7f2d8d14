package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.ContainerParts.env;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.crds.DriverSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The driver's pod. */
final class DriverPod {

  private static final String LAUNCHER = "io.sparkapp.driver.DriverLauncher";

  private final PodDefaults defaults;

  DriverPod(PodDefaults defaults) {
    this.defaults = defaults;
  }

  Pod build(Names names, SparkAppSpec spec, ObjectMeta metadata) {
    OffHeap.check(spec);
    LauncherFiles launcher = LauncherFiles.of(Names.DRIVER, spec);
    DriverSpec driver = spec.driver();
    Memory heap = Memory.parse(driver.memory());
    List<String> arguments =
        JavaCommand.arguments(
            launcher.argumentFile(),
            heap.asSparkProperty(),
            defaults.javaOptions(),
            ContainerParts.userOptions(
                driver.javaOptions(), spec.sparkConf().get("spark.driver.extraJavaOptions")),
            ContainerParts.classPath(
                launcher.jar(), spec.sparkConf().get("spark.driver.extraClassPath")),
            LAUNCHER,
            spec.main().args());
    Container container =
        ContainerParts.container(
            Names.DRIVER,
            image(spec),
            defaults.imagePullPolicy(),
            arguments,
            environment(names, spec),
            resources(spec));
    Pod pod =
        ContainerParts.pod(
            metadata,
            spec,
            UiPort.of(spec, ConnectServer.of(spec, container)),
            defaults.imagePullSecrets(spec));
    String account =
        driver.serviceAccount() == null ? defaults.driverServiceAccount() : driver.serviceAccount();
    return new PodBuilder(launcher.into(ConfFiles.mounted(spec, pod), defaults.driverImage()))
        .editSpec()
        .withServiceAccountName(account)
        .endSpec()
        .build();
  }

  /** What its container requests. */
  static Map<String, Quantity> resources(SparkAppSpec spec) {
    DriverSpec driver = spec.driver();
    Memory memory = Memory.parse(driver.memory()).plus(MemoryOverhead.ofDriver(spec));
    Map<String, Quantity> resources =
        new HashMap<>(ContainerParts.resources(driver.cores(), driver.cpuRequest(), memory));
    resources.putAll(
        CustomResources.quantities(
            Names.DRIVER, 0, CustomResources.ofConf(Names.DRIVER, spec.sparkConf())));
    return resources;
  }

  private String image(SparkAppSpec spec) {
    return Optional.ofNullable(spec.driver().image())
        .or(() -> Optional.ofNullable(spec.image()))
        .orElse(defaults.driverImage());
  }

  private List<EnvVar> environment(Names names, SparkAppSpec spec) {
    List<EnvVar> environment = new ArrayList<>(ContainerParts.environment(names));
    environment.add(env("SPARKAPP_NAMESPACE", names.namespace()));
    environment.add(env("SPARKAPP_NAME", names.app()));
    environment.add(env("SPARKAPP_ATTEMPT", Integer.toString(names.attempt())));
    environment.add(env("SPARKAPP_REQUEST", names.applicationId()));
    environment.add(env("SPARKAPP_IMAGE", image(spec)));
    environment.add(env("SPARKAPP_MAIN", SparkProperties.json(spec.main().parts())));
    environment.add(
        env("SPARKAPP_CONF", SparkProperties.json(SparkProperties.ofDriver(names, spec))));
    environment.add(
        env("SPARKAPP_SERVICE_ACCOUNT_DIR", "/var/run/secrets/kubernetes.io/serviceaccount"));
    return environment;
  }
}
