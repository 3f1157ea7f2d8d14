package io.sparkapp.operator;

import io.sparkapp.operator.applicationmaster.PodDefaults;
import io.sparkapp.operator.kubernetes.LeaseSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be set from outside, read once from the environment.
 *
 * @param pods what pods get where applications say nothing
 * @param driverClusterRole what drivers may do
 * @param manageDriverAccess whether the operator makes the drivers' service account and its binding
 *     in every namespace that has an application
 * @param jobNamespaces where applications are run; empty for everywhere
 * @param lease how replicas agree on a leader; empty when there is one operator only
 * @param endpoints where health and metrics are served
 * @param parallelCalls how many pods are created at once
 */
public record OperatorConfig(
    PodDefaults pods,
    String driverClusterRole,
    boolean manageDriverAccess,
    Set<String> jobNamespaces,
    Optional<LeaseSettings> lease,
    InetSocketAddress endpoints,
    int parallelCalls) {

  private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");

  public OperatorConfig {
    jobNamespaces = Set.copyOf(jobNamespaces);
  }

  /**
   * Reads {@code SPARKAPP_*}.
   *
   * @throws IllegalArgumentException naming the variable that can not be understood
   */
  public static OperatorConfig from(Map<String, String> environment) {
    EnvironmentReader variables = new EnvironmentReader(environment);
    String account = variables.text("SPARKAPP_DRIVER_SERVICE_ACCOUNT", "sparkapp-driver");
    return new OperatorConfig(
        pods(variables, account),
        variables.text("SPARKAPP_DRIVER_CLUSTER_ROLE", account),
        variables.flag("SPARKAPP_MANAGE_DRIVER_ACCESS", true),
        Set.copyOf(variables.list("SPARKAPP_JOB_NAMESPACES")),
        variables.flag("SPARKAPP_LEADER_ELECTION", false)
            ? Optional.of(lease(variables))
            : Optional.empty(),
        new InetSocketAddress(
            variables.text("SPARKAPP_ENDPOINTS_HOST", "0.0.0.0"),
            variables.number("SPARKAPP_ENDPOINTS_PORT", 8080, 0, 65535)),
        variables.number("SPARKAPP_PARALLEL_CALLS", 32, 1, 1000));
  }

  private static PodDefaults pods(EnvironmentReader variables, String serviceAccount) {
    return new PodDefaults(
        variables.text("SPARKAPP_DRIVER_IMAGE", "sparkapp/driver:0.1.0"),
        variables.text("SPARKAPP_EXECUTOR_IMAGE", "sparkapp/executor:0.1.0"),
        variables.read("SPARKAPP_IMAGE_PULL_POLICY", "IfNotPresent", OperatorConfig::pullPolicy),
        variables.list("SPARKAPP_IMAGE_PULL_SECRETS"),
        serviceAccount,
        variables.text("SPARKAPP_JAVA_OPTIONS", ""),
        Duration.ofMinutes(5));
  }

  private static LeaseSettings lease(EnvironmentReader variables) {
    String why = "leader election needs it";
    return new LeaseSettings(
        variables.text("SPARKAPP_LEASE_NAME", "sparkapp-operator"),
        variables.required("SPARKAPP_LEASE_NAMESPACE", why),
        variables.required("SPARKAPP_IDENTITY", why),
        variables.duration("SPARKAPP_LEASE_DURATION", Duration.ofSeconds(15)),
        variables.duration("SPARKAPP_LEASE_RENEW_DEADLINE", Duration.ofSeconds(10)),
        variables.duration("SPARKAPP_LEASE_RETRY_PERIOD", Duration.ofSeconds(2)));
  }

  private static String pullPolicy(String text) {
    if (!PULL_POLICIES.contains(text)) {
      throw new IllegalArgumentException("none of Always, IfNotPresent and Never");
    }
    return text;
  }
}
