package io.sparkapp.operator.metrics;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.QueueReport;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that {@code /metrics} shows, in Prometheus' format. What there is at a moment is counted once
 * for each scrape, and only by the operator that decides, so that sums over operators are right.
 */
public final class OperatorMetrics implements AutoCloseable {

  /** What is looked at for a scrape; all of it comes from memory. */
  public interface Sources {

    /** Whether this operator decides. */
    boolean leads();

    /** What there is to tell of each queue. */
    Map<String, QueueReport> queues();

    /** Whether there is a queue of this name; costs next to nothing. */
    boolean hasQueue(String name);

    /** All applications. */
    Stream<SparkApp> applications();

    /** How many objects are in caches, by resource. */
    Map<String, Integer> cached();
  }

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Timer pass =
      Timer.builder("sparkapp.scheduling.pass")
          .description("A pass over all applications that decides who is admitted and holds what")
          .publishPercentileHistogram()
          .minimumExpectedValue(Duration.ofMillis(1))
          .maximumExpectedValue(Duration.ofSeconds(10))
          .register(registry);
  private final ApiCalls calls = new ApiCalls(registry);
  private final ApplicationMeters applications;
  private final Clock clock;
  private volatile Sources sources = new NoSources();

  /** Of one operator. */
  public OperatorMetrics(Clock clock) {
    this.clock = clock;
    this.applications = new ApplicationMeters(registry, queue -> sources.hasQueue(queue));
    registry.getPrometheusRegistry().register(new Gauges(this::look));
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    Gauge.builder("sparkapp.leader", () -> sources.leads() ? 1 : 0)
        .description("Whether this operator decides")
        .register(registry);
  }

  /** For what else measures something. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Has a client's calls counted that is about to be built. */
  public void count(HttpClient.Builder client) {
    client.addOrReplaceInterceptor("metrics", calls);
  }

  /** What happens to applications. */
  public ApplicationMeters applications() {
    return applications;
  }

  /** A pass was made. */
  public void passMade(Duration took) {
    pass.record(took);
  }

  /** What is looked at from now on. */
  public void lookAt(Sources from) {
    sources = from;
  }

  /** The text of all metrics. */
  public String scrape() {
    if (sources.leads()) {
      applications.know(leaves(sources.queues().values()));
    }
    return registry.scrape();
  }

  private Gauges.Numbers look() {
    Sources now = sources;
    if (!now.leads()) {
      return new Gauges.Numbers(Map.of(), List.of(), now.cached(), clock.instant());
    }
    Map<String, QueueReport> queues = now.queues();
    QueueLabels labels = new QueueLabels(queues::containsKey);
    return new Gauges.Numbers(
        Census.of(now.applications(), leaves(queues.values()), labels::of),
        queues.values(),
        now.cached(),
        clock.instant());
  }

  private static List<String> leaves(Collection<QueueReport> queues) {
    return queues.stream().filter(QueueReport::leaf).map(QueueReport::name).toList();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private record NoSources() implements Sources {

    @Override
    public boolean leads() {
      return false;
    }

    @Override
    public Map<String, QueueReport> queues() {
      return Map.of();
    }

    @Override
    public boolean hasQueue(String name) {
      return false;
    }

    @Override
    public Stream<SparkApp> applications() {
      return Stream.of();
    }

    @Override
    public Map<String, Integer> cached() {
      return Map.of();
    }
  }
}
