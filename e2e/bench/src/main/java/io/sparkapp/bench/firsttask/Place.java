package io.sparkapp.bench.firsttask;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.bench.stock.StockSpark;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A cluster where applications of both kinds run in one namespace, and what they have to be told
 * there besides.
 */
public interface Place {

  /** May do everything. */
  KubernetesClient admin();

  /** Likewise, for the commands that submit. */
  Path kubeconfig();

  /** The command to apply with. */
  String kubectl();

  /** Of all applications. */
  String namespace();

  /** The stock image's Spark, which is one of the machine too. */
  StockSpark spark();

  /** The program's jar as stock Spark's driver finds it, a URL with scheme local. */
  String stockJar();

  /** Properties that stock Spark needs there, its image among them. */
  Map<String, String> stockProperties(String app);

  /** Further fields of {@code spec.driver} of a SparkApp; values are YAML in one line. */
  Map<String, String> driverFields();

  /** Likewise, of {@code spec.executor}. */
  Map<String, String> executorFields();

  /** Processor time of our operator so far. */
  Duration operatorCpu();

  /**
   * Whether an application of ours has succeeded.
   *
   * @throws IllegalStateException when it has failed
   */
  default boolean succeeded(String app) {
    SparkAppStatus status =
        admin()
            .resources(SparkApp.class)
            .inNamespace(namespace())
            .withName(app)
            .require()
            .getStatus();
    if (status != null && status.phase() == Phase.Failed) {
      throw new IllegalStateException(app + " has failed: " + status.message());
    }
    return status != null && status.phase() == Phase.Succeeded;
  }

  /** Deletes an application of ours. */
  default void delete(String app) {
    admin().resources(SparkApp.class).inNamespace(namespace()).withName(app).delete();
  }
}
