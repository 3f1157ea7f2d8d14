package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.kubernetes.ActionRunner;
import io.sparkapp.operator.kubernetes.Announcer;
import io.sparkapp.operator.kubernetes.DriverAccess;
import io.sparkapp.operator.kubernetes.Leadership;
import io.sparkapp.operator.kubernetes.ScheduleActionRunner;
import io.sparkapp.operator.kubernetes.ScheduledSparkAppReconciler;
import io.sparkapp.operator.kubernetes.SparkAppReconciler;
import io.sparkapp.operator.resourcemanager.UnlimitedResourceManager;
import io.sparkapp.operator.web.Endpoints;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The running operator: its controllers, their pool and its endpoints. */
public final class SparkAppOperator implements AutoCloseable {

  private static final int FIRST_RETRY_MILLIS = 200;
  private static final int LONGEST_RETRY_MILLIS = 10_000;

  private final KubernetesClient client;
  private final Operator operator;
  private final ExecutorService pool;
  private final Endpoints endpoints;
  private final JvmGcMetrics gcMetrics;
  private final Optional<Leadership> leadership;

  private SparkAppOperator(
      KubernetesClient client,
      Operator operator,
      ExecutorService pool,
      Endpoints endpoints,
      JvmGcMetrics gcMetrics,
      Optional<Leadership> leadership) {
    this.client = client;
    this.operator = operator;
    this.pool = pool;
    this.endpoints = endpoints;
    this.gcMetrics = gcMetrics;
    this.leadership = leadership;
  }

  /**
   * Starts reconciling, or standing by for the leader; returns once the caches are filled.
   *
   * @param leadershipLost is run when another operator may have taken over
   * @throws IOException when the endpoints' port is taken
   */
  public static SparkAppOperator start(
      OperatorConfig config, KubernetesClient client, Clock clock, Runnable leadershipLost)
      throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    Optional<Leadership> leadership =
        config.lease().map(lease -> new Leadership(lease, leadershipLost));
    Gauge.builder(
            "sparkapp.leader", () -> leadership.map(Leadership::isLeading).orElse(true) ? 1 : 0)
        .description("Whether this operator decides")
        .register(registry);
    ExecutorService pool = Executors.newFixedThreadPool(config.parallelCalls());
    Operator operator =
        new Operator(overrider -> configure(overrider, config, client, registry, leadership));
    operator.register(
        reconciler(config, client, pool, clock),
        overrider -> overrider.withName("sparkapp").withRetry(untilItSucceeds()));
    operator.register(
        new ScheduledSparkAppReconciler(
            config.jobNamespaces(),
            new ScheduleActionRunner(client, new Announcer(client, clock)),
            clock),
        overrider -> overrider.withName("scheduledsparkapp").withRetry(untilItSucceeds()));
    Endpoints endpoints =
        Endpoints.serve(
            config.endpoints(), () -> true, () -> ready(config, operator), registry::scrape);
    operator.start();
    return new SparkAppOperator(client, operator, pool, endpoints, gcMetrics, leadership);
  }

  private static GenericRetry untilItSucceeds() {
    return new GenericRetry()
        .setInitialInterval(FIRST_RETRY_MILLIS)
        .setMaxInterval(LONGEST_RETRY_MILLIS)
        .withoutMaxAttempts();
  }

  private static void configure(
      ConfigurationServiceOverrider overrider,
      OperatorConfig config,
      KubernetesClient client,
      PrometheusMeterRegistry registry,
      Optional<Leadership> leadership) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withUseSSAToPatchPrimaryResource(false)
        // A namespace that may not be listed must not keep the operator from the others.
        .withStopOnInformerErrorDuringStartup(config.jobNamespaces().isEmpty())
        .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
    leadership.ifPresent(each -> overrider.withLeaderElectionConfiguration(each.configuration()));
  }

  private static SparkAppReconciler reconciler(
      OperatorConfig config, KubernetesClient client, ExecutorService pool, Clock clock) {
    return new SparkAppReconciler(
        new ApplicationMaster(config.pods()),
        new UnlimitedResourceManager(),
        config.jobNamespaces(),
        new ActionRunner(
            client,
            pool,
            new DriverAccess(
                client,
                config.pods().driverServiceAccount(),
                config.driverClusterRole(),
                config.manageDriverAccess()),
            new Announcer(client, clock)),
        clock);
  }

  /** With a list of namespaces, one that may not be read says nothing about the others. */
  private static boolean ready(OperatorConfig config, Operator operator) {
    return operator.getRuntimeInfo().isStarted()
        && (!config.jobNamespaces().isEmpty()
            || operator.getRuntimeInfo().allEventSourcesAreHealthy());
  }

  /** The port of health and metrics. */
  public int port() {
    return endpoints.port();
  }

  @Override
  public void close() {
    endpoints.close();
    leadership.ifPresent(Leadership::close);
    operator.stop();
    leadership.ifPresent(each -> each.release(client));
    pool.shutdown();
    gcMetrics.close();
  }
}
