package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;
import java.util.Map;
import java.util.TreeMap;

/** The Spark properties that driver and executors start with. */
final class SparkProperties {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /**
   * An executor that is not needed any more hands its shuffle files and cached blocks to others
   * before it goes. Tracking them instead would keep it for as long as somebody might still read
   * them. Spark's pause between two rounds, 30 s, is what an executor with nothing to hand over
   * would wait for.
   */
  private static final Map<String, String> DECOMMISSION =
      Map.of(
          "spark.decommission.enabled", "true",
          "spark.storage.decommission.enabled", "true",
          "spark.storage.decommission.shuffleBlocks.enabled", "true",
          "spark.storage.decommission.rddBlocks.enabled", "true",
          "spark.storage.decommission.replicationReattemptInterval", "1s",
          "spark.dynamicAllocation.shuffleTracking.enabled", "false");

  /** What the driver has to ask for besides what Spark knows of. */
  private static final String LOCAL_DIR_MEMORY = "spark.sparkapp.executor.localDirMemory";

  /** Spark hands properties of this name to Hadoop, without this beginning. */
  private static final String HADOOP = "spark.hadoop.";

  private SparkProperties() {}

  /** All of the driver's properties; what the operator owns wins over what the user wrote. */
  static Map<String, String> ofDriver(Names names, SparkAppSpec spec) {
    Ask ask = InitialAsk.of(spec);
    Memory heap = Memory.parse(spec.driver().memory());
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.app.name", names.app());
    properties.put("spark.network.crypto.enabled", "true");
    properties.put("spark.driver.blockManager.port", "7079");
    properties.putAll(DECOMMISSION);
    if (spec.besideTheJvm()) {
      // A look at /proc with each heartbeat; without it nobody knows how much Python takes.
      properties.put("spark.executor.processTreeMetrics.enabled", "true");
    }
    spec.hadoopConf().forEach((key, value) -> properties.put(HADOOP + key, value));
    properties.putAll(spec.sparkConf());
    if (spec.executor().dynamic()) {
      properties.put("spark.dynamicAllocation.enabled", "true");
      properties.put(
          "spark.dynamicAllocation.minExecutors", Integer.toString(spec.executor().fewest()));
      properties.put(
          "spark.dynamicAllocation.maxExecutors", Integer.toString(spec.executor().most()));
      properties.put("spark.dynamicAllocation.initialExecutors", Integer.toString(ask.total()));
    }
    properties.put("spark.master", "sparkapp://" + names.namespace() + "/" + names.app());
    properties.put("spark.app.id", names.applicationId());
    properties.put("spark.submit.deployMode", "client");
    properties.put("spark.authenticate", "true");
    properties.putAll(DependencyProperties.of(spec));
    properties.putIfAbsent(
        "spark.executor.memoryOverheadFactor", Double.toString(MemoryOverhead.ofExecutors(spec)));
    properties.put("spark.driver.port", Integer.toString(DriverAddress.RPC_PORT));
    properties.put("spark.driver.cores", Integer.toString(spec.driver().cores()));
    properties.put("spark.driver.memory", heap.asSparkProperty());
    properties.put("spark.driver.memoryOverhead", MemoryOverhead.ofDriver(spec).asSparkProperty());
    properties.put("spark.executor.instances", Integer.toString(ask.total()));
    properties.put("spark.executor.cores", Integer.toString(ask.cores()));
    properties.put("spark.executor.memory", ask.memory());
    properties.put(
        "spark.executor.memoryOverhead", MemoryOverhead.ofExecutor(spec).asSparkProperty());
    properties.put(LOCAL_DIR_MEMORY, LocalStorage.memory(spec).asSparkProperty());
    // Spark's own word for what its driver has to know about the pods' memory.
    properties.put("spark.kubernetes.resource.type", spec.inPython() ? "python" : "java");
    return properties;
  }

  /**
   * What an executor must know before it can talk to its driver ({@code
   * SparkConf.isExecutorStartupConf}); the driver hands over the rest.
   */
  static Map<String, String> ofExecutor(Names names, SparkAppSpec spec) {
    Map<String, String> properties = new TreeMap<>();
    (spec.client() == null ? ofDriver(names, spec) : ofClient(spec))
        .forEach(
            (key, value) -> {
              if (isExecutorStartupConf(key)) {
                properties.put(key, value);
              }
            });
    return properties;
  }

  /** A driver outside writes what it starts with into the SparkApp, but for its secret. */
  private static Map<String, String> ofClient(SparkAppSpec spec) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.network.crypto.enabled", "false");
    properties.putAll(spec.sparkConf());
    properties.putAll(spec.client().conf());
    properties.put("spark.authenticate", Boolean.toString(spec.client().authenticate()));
    return properties;
  }

  private static boolean isExecutorStartupConf(String key) {
    boolean port =
        key.startsWith("spark.port.")
            || key.startsWith("spark.") && (key.endsWith(".port") || key.contains(".port."));
    // The driver's own ports mean nothing to an executor.
    boolean driversPort = key.startsWith("spark.driver.") || key.startsWith("spark.ui.");
    return key.startsWith("spark.auth") && !key.equals("spark.authenticate.secret")
        || key.startsWith("spark.ssl") && !key.contains("Password")
        || key.startsWith("spark.rpc")
        || key.startsWith("spark.network")
        || port && !driversPort;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings can always be written as JSON.", e);
    }
  }
}
