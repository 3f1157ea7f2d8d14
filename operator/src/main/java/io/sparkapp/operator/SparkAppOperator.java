package io.sparkapp.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.sparkapp.operator.applicationmaster.ApplicationMaster;
import io.sparkapp.operator.applicationmaster.CachedForm;
import io.sparkapp.operator.kubernetes.ActionRunner;
import io.sparkapp.operator.kubernetes.Announcer;
import io.sparkapp.operator.kubernetes.CacheStores;
import io.sparkapp.operator.kubernetes.Copies;
import io.sparkapp.operator.kubernetes.DriverAccess;
import io.sparkapp.operator.kubernetes.Leadership;
import io.sparkapp.operator.kubernetes.ScheduleActionRunner;
import io.sparkapp.operator.kubernetes.ScheduledSparkAppReconciler;
import io.sparkapp.operator.kubernetes.SparkAppReconciler;
import io.sparkapp.operator.kubernetes.SparkQueueReconciler;
import io.sparkapp.operator.metrics.OperatorMetrics;
import io.sparkapp.operator.web.Endpoints;
import io.sparkapp.operator.web.ExecutorJournal;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The running operator: its controllers, their pool and its endpoints. */
public final class SparkAppOperator implements AutoCloseable {

  private static final int FIRST_RETRY_MILLIS = 200;
  private static final int LONGEST_RETRY_MILLIS = 10_000;

  private final KubernetesClient client;
  private final Operator operator;
  private final ExecutorService pool;
  private final Queueing queueing;
  private final Endpoints endpoints;
  private final Optional<ServedPage> page;
  private final OperatorMetrics metrics;
  private final Optional<Leadership> leadership;

  private SparkAppOperator(
      KubernetesClient client,
      Operator operator,
      ExecutorService pool,
      Queueing queueing,
      Endpoints endpoints,
      Optional<ServedPage> page,
      OperatorMetrics metrics,
      Optional<Leadership> leadership) {
    this.client = client;
    this.operator = operator;
    this.pool = pool;
    this.queueing = queueing;
    this.endpoints = endpoints;
    this.page = page;
    this.metrics = metrics;
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
    return start(config, client, clock, leadershipLost, new OperatorMetrics(clock));
  }

  /**
   * The same.
   *
   * @param metrics count the client's calls too, if they were told of it when it was built
   * @throws IOException when the endpoints' port is taken
   */
  public static SparkAppOperator start(
      OperatorConfig config,
      KubernetesClient client,
      Clock clock,
      Runnable leadershipLost,
      OperatorMetrics metrics)
      throws IOException {
    Optional<Leadership> leadership =
        config.lease().map(lease -> new Leadership(lease, leadershipLost));
    ExecutorService pool = Executors.newFixedThreadPool(config.parallelCalls());
    Queueing queueing = Queueing.start(config, client, clock);
    queueing.news().onPasses(metrics::passMade);
    Operator operator =
        new Operator(overrider -> configure(overrider, config, client, metrics, leadership));
    Announcer announcer = new Announcer(client, clock);
    CachedForm cachedForm = new CachedForm();
    SparkAppReconciler reconciler =
        reconciler(config, client, pool, clock, queueing, announcer, metrics, cachedForm);
    metrics.lookAt(new MetricSources(leadership, queueing.resourceManager(), reconciler));
    AtomicBoolean cachesFilled = new AtomicBoolean();
    operator.register(
        reconciler,
        overrider ->
            overrider
                .withName("sparkapp")
                .withItemStore(new TransformingItemStore<>(cachedForm::of))
                .withInformerListLimit(CacheStores.PAGE)
                .withRetry(untilItSucceeds()));
    operator.register(
        queueing.reconciler(
            () -> {
              if (cachesFilled.get()) {
                reconciler.begin(client);
              }
              return cachesFilled.get();
            },
            announcer),
        overrider ->
            overrider
                .withName("sparkqueue")
                .withFinalizer(SparkQueueReconciler.FINALIZER)
                .withRetry(untilItSucceeds()));
    operator.register(
        new ScheduledSparkAppReconciler(
            config.jobNamespaces(), new ScheduleActionRunner(client, announcer), clock),
        overrider -> overrider.withName("scheduledsparkapp").withRetry(untilItSucceeds()));
    Endpoints endpoints =
        Endpoints.serve(
            config.endpoints(), () -> true, () -> ready(config, operator), metrics::scrape);
    operator.start();
    cachesFilled.set(true);
    reconciler.awaitPods();
    Optional<ServedPage> page =
        config.web().isPresent()
            ? Optional.of(
                ServedPage.serve(
                    config.web().get(), client, reconciler.known(), queueing.cluster(), clock))
            : Optional.empty();
    return new SparkAppOperator(
        client, operator, pool, queueing, endpoints, page, metrics, leadership);
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
      OperatorMetrics metrics,
      Optional<Leadership> leadership) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withResourceCloner(new Copies(client))
        .withUseSSAToPatchPrimaryResource(false)
        // A namespace that may not be listed must not keep the operator from the others.
        .withStopOnInformerErrorDuringStartup(config.jobNamespaces().isEmpty())
        .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics.registry()));
    leadership.ifPresent(each -> overrider.withLeaderElectionConfiguration(each.configuration()));
  }

  private static SparkAppReconciler reconciler(
      OperatorConfig config,
      KubernetesClient client,
      ExecutorService pool,
      Clock clock,
      Queueing queueing,
      Announcer announcer,
      OperatorMetrics metrics,
      CachedForm cachedForm) {
    return new SparkAppReconciler(
        new ApplicationMaster(config.pods()),
        queueing.resourceManager(),
        queueing.news(),
        queueing.cluster(),
        config.jobNamespaces(),
        new ActionRunner(
            client,
            pool,
            new DriverAccess(
                client,
                config.pods().driverServiceAccount(),
                config.driverClusterRole(),
                config.manageDriverAccess()),
            announcer),
        metrics.applications(),
        config.web().isPresent() ? new ExecutorJournal(clock) : ExecutorJournal.unread(clock),
        cachedForm,
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

  /** The port of the page; empty when it is not served. */
  public OptionalInt webPort() {
    return page.map(each -> OptionalInt.of(each.page().port())).orElse(OptionalInt.empty());
  }

  @Override
  public void close() {
    page.ifPresent(ServedPage::close);
    endpoints.close();
    leadership.ifPresent(Leadership::close);
    operator.stop();
    leadership.ifPresent(each -> each.release(client));
    queueing.close();
    pool.shutdown();
    metrics.close();
  }
}
