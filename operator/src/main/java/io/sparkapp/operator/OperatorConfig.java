package io.sparkapp.operator;

import io.sparkapp.operator.applicationmaster.PodDefaults;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * All that can be set from outside, read once from the environment.
 *
 * @param pods what pods get where applications say nothing
 * @param manageDriverAccess whether the operator makes the drivers' service account and its binding
 *     in every namespace that has an application
 * @param endpoints where health and metrics are served
 * @param parallelCalls how many pods are created at once
 */
public record OperatorConfig(
    PodDefaults pods, boolean manageDriverAccess, InetSocketAddress endpoints, int parallelCalls) {

  /**
   * Reads {@code SPARKAPP_*}.
   *
   * @throws IllegalArgumentException naming the variable that can not be understood
   */
  public static OperatorConfig from(Map<String, String> environment) {
    return new OperatorConfig(
        new PodDefaults(
            environment.getOrDefault("SPARKAPP_DRIVER_IMAGE", "sparkapp/driver:0.1.0"),
            environment.getOrDefault("SPARKAPP_EXECUTOR_IMAGE", "sparkapp/executor:0.1.0"),
            environment.getOrDefault("SPARKAPP_DRIVER_SERVICE_ACCOUNT", "sparkapp-driver"),
            environment.getOrDefault("SPARKAPP_JAVA_OPTIONS", ""),
            Duration.ofMinutes(5)),
        Boolean.parseBoolean(environment.getOrDefault("SPARKAPP_MANAGE_DRIVER_ACCESS", "true")),
        new InetSocketAddress(
            environment.getOrDefault("SPARKAPP_ENDPOINTS_HOST", "0.0.0.0"),
            number(environment, "SPARKAPP_ENDPOINTS_PORT", 8080, 0, 65535)),
        number(environment, "SPARKAPP_PARALLEL_CALLS", 32, 1, 1000));
  }

  private static int number(
      Map<String, String> environment, String name, int otherwise, int least, int most) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, text, least, most);
    }
    throw wrong(name, text, least, most);
  }

  private static IllegalArgumentException wrong(String name, String text, int least, int most) {
    return new IllegalArgumentException(
        name + "=" + text + " is not a number from " + least + " to " + most + ".");
  }
}
