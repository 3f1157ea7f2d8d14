package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.sparkapp.crds.SparkAppSpec;
import java.util.Map;

/**
 * Tells the port of Spark's UI under a name, which is what Services and PodMonitors ask for: Spark
 * shows its metrics there.
 */
final class UiPort {

  private static final String NAME = "ui";
  private static final String ENABLED = "spark.ui.enabled";
  private static final String PORT = "spark.ui.port";
  private static final String SPARKS_OWN = "4040";

  private UiPort() {}

  /** The container with that port, if there is to be a UI at a port that is known. */
  static Container of(SparkAppSpec spec, Container container) {
    Map<String, String> conf = spec.sparkConf();
    String port = conf.getOrDefault(PORT, SPARKS_OWN).strip();
    // What is no port Spark itself refuses; at 0 it takes any.
    if (conf.getOrDefault(ENABLED, "true").strip().equalsIgnoreCase("false")
        || !port.matches("[1-9][0-9]{0,4}")
        || Integer.parseInt(port) > 65535) {
      return container;
    }
    return new ContainerBuilder(container)
        .addNewPort()
        .withName(NAME)
        .withContainerPort(Integer.parseInt(port))
        .withProtocol("TCP")
        .endPort()
        .build();
  }
}
