package io.sparkapp.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator tells a driver through its pod's environment.
 *
 * @param namespace the application's namespace
 * @param applicationId Spark's application id
 * @param request the name of the attempt's ExecutorRequest
 * @param attempt the attempt, from 1
 * @param main the user's program, as {@link MainProgram} reads it
 * @param conf all Spark properties but those that only the pod itself knows
 * @param podIp the address that executors reach this driver at
 * @param secret what executors authenticate with
 * @param apiServer the API server
 * @param serviceAccountDir where the kubelet keeps {@code token} and {@code ca.crt}
 * @param terminationLog where the kubelet reads last words
 */
record DriverEnvironment(
    String namespace,
    String applicationId,
    String request,
    String attempt,
    Map<String, String> main,
    Map<String, String> conf,
    String podIp,
    String secret,
    URI apiServer,
    Path serviceAccountDir,
    Path terminationLog) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the operator started this process. */
  static boolean isOfAPod(Map<String, String> environment) {
    return environment.containsKey("SPARKAPP_REQUEST");
  }

  static DriverEnvironment from(Map<String, String> environment) {
    return new DriverEnvironment(
        required(environment, "SPARKAPP_NAMESPACE"),
        environment.getOrDefault(
            "SPARKAPP_APPLICATION_ID", required(environment, "SPARKAPP_REQUEST")),
        required(environment, "SPARKAPP_REQUEST"),
        required(environment, "SPARKAPP_ATTEMPT"),
        strings(environment, "SPARKAPP_MAIN"),
        conf(environment),
        required(environment, "SPARKAPP_POD_IP"),
        required(environment, "_SPARK_AUTH_SECRET"),
        apiServer(environment),
        Path.of(
            environment.getOrDefault(
                "SPARKAPP_SERVICE_ACCOUNT_DIR", "/var/run/secrets/kubernetes.io/serviceaccount")),
        terminationLog(environment));
  }

  /** What a driver that the operator started has to talk to the operator with. */
  Attempt asAttempt() {
    return new Attempt(
        namespace, applicationId, request, attempt, ApiServer.ofPod(apiServer, serviceAccountDir));
  }

  static Path terminationLog(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("SPARKAPP_TERMINATION_LOG", "/dev/termination-log"));
  }

  static URI apiServer(Map<String, String> environment) {
    String host = required(environment, "KUBERNETES_SERVICE_HOST");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  /** What the spec says wins over what it refers to. */
  private static Map<String, String> conf(Map<String, String> environment) {
    Map<String, String> conf =
        new TreeMap<>(
            ConfFiles.read(
                environment.getOrDefault("SPARKAPP_SPARK_CONF_FROM", ""),
                environment.getOrDefault("SPARKAPP_HADOOP_CONF_FROM", "")));
    conf.putAll(strings(environment, "SPARKAPP_CONF"));
    return Map.copyOf(conf);
  }

  private static Map<String, String> strings(Map<String, String> environment, String name) {
    try {
      return JSON.readValue(
          required(environment, name), new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is not a JSON object of strings.", e);
    }
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set: a driver is started by the operator, not by hand.");
    }
    return value;
  }
}
