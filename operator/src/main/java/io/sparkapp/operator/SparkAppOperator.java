package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.kubernetes.ActionRunner;
import io.sparkapp.operator.kubernetes.Announcer;
import io.sparkapp.operator.kubernetes.DriverAccess;
import io.sparkapp.operator.kubernetes.SparkAppReconciler;
import io.sparkapp.operator.resourcemanager.UnlimitedResourceManager;
import io.sparkapp.operator.web.Endpoints;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The running operator: its controller, its pool and its endpoints. */
public final class SparkAppOperator implements AutoCloseable {

  private static final int FIRST_RETRY_MILLIS = 200;
  private static final int LONGEST_RETRY_MILLIS = 10_000;

  private final Operator operator;
  private final ExecutorService pool;
  private final Endpoints endpoints;
  private final JvmGcMetrics gcMetrics;

  private SparkAppOperator(
      Operator operator, ExecutorService pool, Endpoints endpoints, JvmGcMetrics gcMetrics) {
    this.operator = operator;
    this.pool = pool;
    this.endpoints = endpoints;
    this.gcMetrics = gcMetrics;
  }

  /**
   * Starts reconciling; returns once the caches are filled.
   *
   * @throws IOException when the endpoints' port is taken
   */
  public static SparkAppOperator start(OperatorConfig config, KubernetesClient client, Clock clock)
      throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    ExecutorService pool = Executors.newFixedThreadPool(config.parallelCalls());
    Operator operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry)));
    operator.register(
        new SparkAppReconciler(
            new ApplicationMaster(config.pods()),
            new UnlimitedResourceManager(),
            new ActionRunner(
                client,
                pool,
                new DriverAccess(
                    client, config.pods().driverServiceAccount(), config.manageDriverAccess()),
                new Announcer(client, clock)),
            clock),
        overrider ->
            overrider
                .withName("sparkapp")
                .withRetry(
                    new GenericRetry()
                        .setInitialInterval(FIRST_RETRY_MILLIS)
                        .setMaxInterval(LONGEST_RETRY_MILLIS)
                        .withoutMaxAttempts()));
    Endpoints endpoints =
        Endpoints.serve(
            config.endpoints(),
            () -> true,
            () ->
                operator.getRuntimeInfo().isStarted()
                    && operator.getRuntimeInfo().allEventSourcesAreHealthy(),
            registry::scrape);
    operator.start();
    return new SparkAppOperator(operator, pool, endpoints, gcMetrics);
  }

  /** The port of health and metrics. */
  public int port() {
    return endpoints.port();
  }

  @Override
  public void close() {
    endpoints.close();
    operator.stop();
    pool.shutdown();
    gcMetrics.close();
  }
}
