package io.sparkapp.executor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the operator tells an executor through its pod's environment.
 *
 * @param applicationId Spark's application id
 * @param executorId a decimal number, as Spark wants it
 * @param cores tasks at once
 * @param resourceProfile Spark's ResourceProfile id
 * @param podIp the address that driver and other executors reach this one at
 * @param addressFile where the driver's {@code host:port} appears
 * @param driverWait how long to wait for the driver
 * @param conf what must be known before the driver can be talked to
 * @param terminationLog where the kubelet reads last words
 */
record ExecutorEnvironment(
    String applicationId,
    String executorId,
    String cores,
    String resourceProfile,
    String podIp,
    Path addressFile,
    Duration driverWait,
    Map<String, String> conf,
    Path terminationLog) {

  static ExecutorEnvironment from(Map<String, String> environment) {
    try {
      return new ExecutorEnvironment(
          required(environment, "SPARKAPP_APPLICATION_ID"),
          required(environment, "SPARKAPP_EXECUTOR_ID"),
          required(environment, "SPARKAPP_EXECUTOR_CORES"),
          required(environment, "SPARKAPP_RESOURCE_PROFILE"),
          required(environment, "SPARKAPP_POD_IP"),
          Path.of(required(environment, "SPARKAPP_DRIVER_ADDRESS_FILE")),
          Duration.parse(environment.getOrDefault("SPARKAPP_DRIVER_WAIT", "PT5M")),
          conf(environment.getOrDefault("SPARKAPP_EXECUTOR_CONF", "{}")),
          Path.of(environment.getOrDefault("SPARKAPP_TERMINATION_LOG", "/dev/termination-log")));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "SPARKAPP_EXECUTOR_CONF is not a JSON object of texts.", e);
    }
  }

  /** Arguments of Spark's executor. */
  List<String> arguments(String driverAddress) {
    return List.of(
        "--driver-url", "spark://CoarseGrainedScheduler@" + driverAddress,
        "--executor-id", executorId,
        "--hostname", host(),
        "--cores", cores,
        "--app-id", applicationId,
        "--resourceProfileId", resourceProfile);
  }

  /** Spark wants IPv6 addresses in brackets ({@code Utils.checkHost}). */
  String host() {
    return podIp.contains(":") && !podIp.startsWith("[") ? "[" + podIp + "]" : podIp;
  }

  /** Token by token: an ObjectMapper would be a tenth of what an executor does until it waits. */
  private static Map<String, String> conf(String object) throws IOException {
    Map<String, String> conf = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(object)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "It begins otherwise.");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        String value = json.nextTextValue();
        if (value == null) {
          throw new JsonParseException(json, "Its " + name + " is no text.");
        }
        conf.put(name, value);
      }
    }
    return conf;
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set: an executor is started by the operator, not by hand.");
    }
    return value;
  }
}
