package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.network.util.JavaUtils;
import scala.Tuple2;

/**
 * What a driver outside says in Spark's properties, as the SparkApp that it creates says it: how
 * many executors, how large, of which image, in which queue.
 */
final class ClientConf {

  static final String NAME = "spark.sparkapp.name";
  static final String CONTEXT = "spark.sparkapp.context";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * As the operator sets them for drivers in the cluster: executors hand their blocks over before
   * they go.
   */
  private static final Map<String, String> DECOMMISSION =
      Map.of(
          "spark.decommission.enabled", "true",
          "spark.storage.decommission.enabled", "true",
          "spark.storage.decommission.shuffleBlocks.enabled", "true",
          "spark.storage.decommission.rddBlocks.enabled", "true",
          "spark.storage.decommission.replicationReattemptInterval", "1s",
          "spark.dynamicAllocation.shuffleTracking.enabled", "false");

  /** What the operator sets for executors itself. */
  private static final Set<String> NOT_TOLD =
      Set.of("spark.authenticate", "spark.authenticate.secret");

  private ClientConf() {}

  /** Sets what Spark would set for a cluster manager that it knows. */
  static void complete(SparkConf conf, boolean inPython) {
    conf.setIfMissing("spark.executor.cores", "1");
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      DECOMMISSION.forEach(conf::setIfMissing);
    } else {
      conf.setIfMissing("spark.executor.instances", "2");
    }
    // The driver may not be able to connect to pods: results come over the executors' connections.
    conf.setIfMissing("spark.task.maxDirectResultSize", "127m");
    if (inPython) {
      conf.setIfMissing("spark.executor.memoryOverheadFactor", "0.4");
    }
  }

  /** The spec of a SparkApp for this driver. */
  static ObjectNode spec(SparkConf conf) throws IOException {
    ObjectNode spec = JSON.createObjectNode();
    spec.put("placement", "Client");
    text(conf, "spark.sparkapp.queue").ifPresent(queue -> spec.put("queue", queue));
    text(conf, "spark.sparkapp.image", "spark.kubernetes.container.image")
        .ifPresent(image -> spec.put("image", image));
    spec.put("timeToLive", conf.get("spark.sparkapp.timeToLive", "24h"));
    text(conf, "spark.executor.maxNumFailures")
        .ifPresent(
            most -> spec.putObject("limits").put("executorFailures", Integer.parseInt(most)));
    spec.set("executor", executor(conf));
    ObjectNode told = spec.putObject("sparkConf");
    ofPods(conf).forEach(told::put);
    return spec;
  }

  private static JsonNode executor(SparkConf conf) throws IOException {
    ObjectNode executor = JSON.createObjectNode();
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      int min = conf.getInt("spark.dynamicAllocation.minExecutors", 0);
      executor.put("min", min);
      text(conf, "spark.dynamicAllocation.maxExecutors")
          .map(Integer::parseInt)
          .filter(most -> most < Integer.MAX_VALUE)
          .ifPresent(most -> executor.put("max", most));
      int initial = conf.getInt("spark.dynamicAllocation.initialExecutors", min);
      executor.put("instances", Math.max(initial, conf.getInt("spark.executor.instances", 0)));
    } else {
      executor.put("instances", conf.getInt("spark.executor.instances", 2));
    }
    executor.put("cores", conf.getInt("spark.executor.cores", 1));
    text(conf, "spark.kubernetes.executor.request.cores")
        .ifPresent(cpu -> executor.put("cpuRequest", cpu));
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    executor.put("memory", heap + "m");
    executor.put("memoryOverhead", overhead(conf, heap) + "m");
    text(conf, "spark.kubernetes.executor.container.image")
        .ifPresent(image -> executor.put("image", image));
    text(conf, "spark.executor.extraJavaOptions")
        .map(ClientConf::withoutModuleOptions)
        .filter(options -> !options.isBlank())
        .ifPresent(options -> executor.put("javaOptions", options));
    Optional<String> template =
        text(conf, "spark.sparkapp.executor.template", "spark.kubernetes.executor.podTemplateFile");
    if (template.isPresent()) {
      executor.set("template", Yaml.read(java.nio.file.Path.of(template.get())));
    }
    return executor;
  }

  private static long overhead(SparkConf conf, long heap) {
    long overhead =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead")
            : Math.max(
                conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m"),
                (long) (heap * conf.getDouble("spark.executor.memoryOverheadFactor", 0.1)));
    // The operator can not know that the program is in Python, and Spark counts this apart.
    return overhead + conf.getSizeAsMb("spark.executor.pyspark.memory", "0");
  }

  /** Spark puts them there for its own executors; the executors' image has its own. */
  private static String withoutModuleOptions(String options) {
    return options
        .replace(JavaModuleOptions.defaultModuleOptions(), "")
        .replaceFirst("^-Djava.net.preferIPv6Addresses=(true|false) ", "")
        .strip();
  }

  /**
   * A driver that joins a SparkApp has as many executors as that says. Their size Spark has read
   * already, so the two have to agree about it.
   *
   * @throws IOException when they do not, with what to write
   */
  static void adopt(SparkConf conf, String name, JsonNode spec) throws IOException {
    JsonNode executor = spec.path("executor");
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    // A suffix as Kubernetes writes it is one of Spark's with an i behind.
    String memory = executor.path("memory").asText("1g").replaceFirst("i$", "");
    int cores = executor.path("cores").asInt(1);
    if (cores != conf.getInt("spark.executor.cores", 1)
        || JavaUtils.byteStringAsMb(memory) != heap) {
      throw new IOException(
          "SparkApp %s has executors of %d cores and %s: start its driver with --conf"
                  .formatted(name, cores, memory)
              + " spark.executor.cores=%d --conf spark.executor.memory=%s, for Spark reads that first."
                  .formatted(cores, memory));
    }
    spec.path("sparkConf")
        .properties()
        .forEach(each -> conf.setIfMissing(each.getKey(), each.getValue().asText()));
    if (executor.hasNonNull("memoryOverhead")) {
      String overhead = executor.get("memoryOverhead").asText().replaceFirst("i$", "");
      conf.set("spark.executor.memoryOverhead", overhead);
    }
    boolean dynamic = executor.hasNonNull("min") || executor.hasNonNull("max");
    conf.set("spark.dynamicAllocation.enabled", Boolean.toString(dynamic));
    conf.set("spark.executor.instances", executor.path("instances").asText("2"));
    if (dynamic) {
      conf.set("spark.dynamicAllocation.minExecutors", executor.path("min").asText("0"));
      conf.set("spark.dynamicAllocation.initialExecutors", executor.path("instances").asText("2"));
      if (executor.hasNonNull("max")) {
        conf.set("spark.dynamicAllocation.maxExecutors", executor.get("max").asText());
      }
      DECOMMISSION.forEach(conf::setIfMissing);
    }
  }

  /** What executors' pods are made of. */
  private static Map<String, String> ofPods(SparkConf conf) {
    return entries(
        conf,
        key ->
            key.startsWith("spark.executorEnv.")
                || key.startsWith("spark.executor.resource.")
                || key.startsWith("spark.memory.offHeap.")
                || key.equals("spark.executor.extraClassPath"));
  }

  /** What executors need before they have talked to the driver, but for secrets. */
  static Map<String, String> early(SparkConf conf) {
    return entries(
        conf,
        key ->
            SparkConf.isExecutorStartupConf(key)
                && !key.startsWith("spark.driver.")
                && !key.startsWith("spark.ui.")
                && !NOT_TOLD.contains(key));
  }

  private static Map<String, String> entries(SparkConf conf, Predicate<String> wanted) {
    Map<String, String> entries = new TreeMap<>();
    for (Tuple2<String, String> each : conf.getAll()) {
      if (wanted.test(each._1())) {
        entries.put(each._1(), each._2());
      }
    }
    return entries;
  }

  private static Optional<String> text(SparkConf conf, String... keys) {
    for (String key : keys) {
      if (conf.contains(key)) {
        return Optional.of(conf.get(key));
      }
    }
    return Optional.empty();
  }
}
