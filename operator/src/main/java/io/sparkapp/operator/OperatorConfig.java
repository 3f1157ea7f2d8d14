package io.sparkapp.operator;

import io.sparkapp.operator.applicationmaster.PodDefaults;
import io.sparkapp.operator.kubernetes.LeaseSettings;
import io.sparkapp.operator.web.WebSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
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
 * @param readNodes whether queues share out what the nodes have, where no capacity is declared
 * @param web how the page is served; empty when it is not
 */
public record OperatorConfig(
    PodDefaults pods,
    String driverClusterRole,
    boolean manageDriverAccess,
    Set<String> jobNamespaces,
    Optional<LeaseSettings> lease,
    InetSocketAddress endpoints,
    int parallelCalls,
    boolean readNodes,
    Optional<WebSettings> web) {

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
        variables.number("SPARKAPP_PARALLEL_CALLS", 32, 1, 1000),
        variables.flag("SPARKAPP_READ_NODES", true),
        variables.flag("SPARKAPP_WEB_ENABLED", false)
            ? Optional.of(web(variables))
            : Optional.empty());
  }

  private static WebSettings web(EnvironmentReader variables) {
    return new WebSettings(
        new InetSocketAddress(
            variables.text("SPARKAPP_WEB_HOST", "0.0.0.0"),
            variables.number("SPARKAPP_WEB_PORT", 8090, 0, 65535)),
        Optional.of(variables.text("SPARKAPP_WEB_TLS_DIR", ""))
            .filter(directory -> !directory.isEmpty())
            .map(Path::of),
        Optional.of(variables.text("SPARKAPP_WEB_TICKET_KEY", "")).filter(key -> !key.isEmpty()),
        Optional.ofNullable(
            variables.read("SPARKAPP_WEB_HISTORY_SERVER", null, OperatorConfig::webAddress)));
  }

  private static URI webAddress(String text) {
    if (!text.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?")) {
      throw new IllegalArgumentException("no address like https://history.example.com");
    }
    return URI.create(text.replaceAll("/+$", ""));
  }

  private static PodDefaults pods(EnvironmentReader variables, String serviceAccount) {
    return new PodDefaults(
        variables.text("SPARKAPP_DRIVER_IMAGE", "sparkapp/driver:0.1.0"),
        variables.text("SPARKAPP_EXECUTOR_IMAGE", "sparkapp/executor:0.1.0"),
        variables.read("SPARKAPP_IMAGE_PULL_POLICY", "IfNotPresent", OperatorConfig::pullPolicy),
        variables.list("SPARKAPP_IMAGE_PULL_SECRETS"),
        serviceAccount,
        variables.text("SPARKAPP_JAVA_OPTIONS", ""),
        variables.text("SPARKAPP_EXECUTOR_JAVA_OPTIONS", ""),
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
