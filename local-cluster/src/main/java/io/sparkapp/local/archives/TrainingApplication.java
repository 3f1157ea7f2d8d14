package io.sparkapp.local.archives;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The small application whose driver and executor make the archives as they end. It has the
 * environment that pods have.
 *
 * @param folder of its own; both see it by this name
 * @param sparkHome where Spark lies
 * @param examples the jar with the examples
 */
public record TrainingApplication(String folder, String sparkHome, String examples) {

  /** Its ExecutorRequest's name. */
  public static final String REQUEST = "training-1";

  /** What a file in {@link #folder} has to say to its executor: where the driver is. */
  public static final String DRIVER_ADDRESS_FILE = "driver-address";

  /** The driver's main class. */
  public static final String DRIVER = "io.sparkapp.driver.DriverLauncher";

  /** The executor's main class. */
  public static final String EXECUTOR = "io.sparkapp.executor.ExecutorLauncher";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Others on the machine can reach its driver too. */
  private static final String SECRET = UUID.randomUUID().toString();

  private static final int MOST_PORTS = 100;

  /** The arguments of its program. */
  public List<String> arguments() {
    return List.of(folder, "1000");
  }

  /**
   * The driver's environment.
   *
   * @param apiServerPort of the {@link TrainingApiServer}
   * @param driverPort where it is to listen
   */
  public Map<String, String> driver(int apiServerPort, int driverPort) {
    Map<String, String> environment = common();
    environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServerPort));
    environment.put("SPARKAPP_SERVICE_ACCOUNT_DIR", folder);
    environment.put("SPARKAPP_NAMESPACE", "training");
    environment.put("SPARKAPP_NAME", "training");
    environment.put("SPARKAPP_ATTEMPT", "1");
    environment.put("SPARKAPP_REQUEST", REQUEST);
    environment.put(
        "SPARKAPP_MAIN",
        json(Map.of("jar", "local://" + examples, "class", "io.sparkapp.examples.SqlAggregation")));
    environment.put(
        "SPARKAPP_CONF",
        json(
            Map.of(
                "spark.master", "sparkapp://training/training",
                "spark.app.name", "training",
                "spark.driver.port", Integer.toString(driverPort),
                "spark.executor.instances", "1",
                "spark.sql.shuffle.partitions", "2")));
    return environment;
  }

  /** The executor's environment. */
  public Map<String, String> executor() {
    Map<String, String> environment = common();
    environment.put("SPARKAPP_EXECUTOR_ID", "1");
    environment.put("SPARKAPP_EXECUTOR_CORES", "2");
    environment.put("SPARKAPP_RESOURCE_PROFILE", "0");
    environment.put("SPARKAPP_DRIVER_ADDRESS_FILE", folder + "/" + DRIVER_ADDRESS_FILE);
    environment.put("SPARKAPP_EXECUTOR_CONF", "{}");
    return environment;
  }

  private Map<String, String> common() {
    return new HashMap<>(
        Map.of(
            "SPARKAPP_APPLICATION_ID",
            REQUEST,
            "SPARKAPP_POD_IP",
            "127.0.0.1",
            "_SPARK_AUTH_SECRET",
            SECRET,
            "SPARKAPP_TERMINATION_LOG",
            folder + "/termination-log",
            "SPARK_HOME",
            sparkHome,
            "SPARK_LOCAL_DIRS",
            folder,
            "SPARK_LOCAL_HOSTNAME",
            "localhost",
            "SPARK_USER",
            "spark"));
  }

  /** Below those that the kernel takes for outgoing connections: the driver has it only later. */
  public static int freePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (attempt == MOST_PORTS) {
          throw e;
        }
      }
    }
  }

  private static String json(Map<String, String> properties) {
    try {
      return JSON.writeValueAsString(properties);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }
}
