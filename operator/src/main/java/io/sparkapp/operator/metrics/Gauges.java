package io.sparkapp.operator.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sparkapp.crds.Phase;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.QueueReport;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What there is at this moment, made anew for each scrape: of applications, of executors, of queues
 * and in caches. Micrometer would keep a meter for each number.
 */
final class Gauges implements MultiCollector {

  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";

  /**
   * What is shown.
   *
   * @param applications by queue
   * @param cached how many objects are in memory, by resource
   */
  record Numbers(
      Map<String, Census.Count> applications,
      Collection<QueueReport> queues,
      Map<String, Integer> cached,
      Instant now) {}

  private final Supplier<Numbers> look;

  /**
   * @param look is taken once for each scrape
   */
  Gauges(Supplier<Numbers> look) {
    this.look = look;
  }

  @Override
  public MetricSnapshots collect() {
    Numbers numbers = look.get();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    all.metricSnapshot(cached(numbers.cached()));
    all.metricSnapshot(phases(numbers.applications()));
    ofApplications(all, numbers.applications(), numbers.now());
    ofQueues(all, numbers.queues());
    return all.build();
  }

  private static GaugeSnapshot cached(Map<String, Integer> objects) {
    GaugeSnapshot.Builder gauge =
        gauge("sparkapp_cache_objects", "Objects that the operator has in memory");
    objects.forEach((resource, count) -> add(gauge, count, "resource", resource));
    return gauge.build();
  }

  private static GaugeSnapshot phases(Map<String, Census.Count> counts) {
    GaugeSnapshot.Builder gauge = gauge("sparkapp_applications", "Applications by queue and phase");
    counts.forEach(
        (queue, count) -> {
          for (Phase phase : Phase.values()) {
            add(gauge, count.in(phase), QueueLabels.QUEUE, queue, "phase", phase.name());
          }
        });
    return gauge.build();
  }

  private static void ofApplications(
      MetricSnapshots.Builder all, Map<String, Census.Count> counts, Instant now) {
    all.metricSnapshot(
        byQueue(
            gauge("sparkapp_executors_asked", "Executors that drivers want"),
            counts,
            Census.Count::asked));
    all.metricSnapshot(
        byQueue(
            gauge("sparkapp_executors_granted", "Executors that queues grant"),
            counts,
            Census.Count::granted));
    all.metricSnapshot(
        byQueue(
            gauge("sparkapp_executors_running", "Executors that have a running pod"),
            counts,
            Census.Count::running));
    all.metricSnapshot(
        byQueue(
            gauge(
                "sparkapp_queue_longest_wait_seconds",
                "How long the one that has waited longest has waited"),
            counts,
            count -> Math.max(0, count.longestWait(now).toMillis() / 1000.0)));
  }

  private static GaugeSnapshot byQueue(
      GaugeSnapshot.Builder gauge,
      Map<String, Census.Count> counts,
      ToDoubleFunction<Census.Count> number) {
    counts.forEach(
        (queue, count) -> add(gauge, number.applyAsDouble(count), QueueLabels.QUEUE, queue));
    return gauge.build();
  }

  private static void ofQueues(MetricSnapshots.Builder all, Collection<QueueReport> reports) {
    all.metricSnapshot(
        resources(
            gauge("sparkapp_queue_used", "What a queue and all under it hold"),
            reports,
            QueueReport::used));
    all.metricSnapshot(
        resources(
            gauge("sparkapp_queue_guaranteed", "What a queue is promised"),
            reports,
            QueueReport::guaranteed));
    all.metricSnapshot(
        resources(
            gauge("sparkapp_queue_pending", "What is wanted beyond what is held"),
            reports,
            QueueReport::pending));
    all.metricSnapshot(limits(reports));
    GaugeSnapshot.Builder running =
        gauge(
            "sparkapp_queue_applications_running",
            "Applications of a queue and all under it that are admitted");
    GaugeSnapshot.Builder waiting =
        gauge(
            "sparkapp_queue_applications_waiting",
            "Applications of a queue and all under it that are in line");
    for (QueueReport report : reports) {
      add(running, report.running(), QueueLabels.QUEUE, report.name());
      add(waiting, report.waiting(), QueueLabels.QUEUE, report.name());
    }
    all.metricSnapshot(running.build());
    all.metricSnapshot(waiting.build());
  }

  private static GaugeSnapshot resources(
      GaugeSnapshot.Builder gauge,
      Collection<QueueReport> reports,
      Function<QueueReport, Resources> what) {
    for (QueueReport report : reports) {
      for (String resource : shown(report)) {
        add(gauge, report, resource, what.apply(report).amount(resource));
      }
    }
    return gauge.build();
  }

  private static GaugeSnapshot limits(Collection<QueueReport> reports) {
    GaugeSnapshot.Builder gauge =
        gauge("sparkapp_queue_max", "The most that a queue can hold; nothing without a limit");
    for (QueueReport report : reports) {
      for (String resource : shown(report)) {
        long most = report.reach().of(resource);
        if (most != Ceiling.ANY) {
          add(gauge, report, resource, most);
        }
      }
    }
    return gauge.build();
  }

  /** CPU, memory and what is there of the extended resources. */
  private static Set<String> shown(QueueReport report) {
    Set<String> names = new TreeSet<>(Set.of(CPU, MEMORY));
    names.addAll(report.guaranteed().others().keySet());
    names.addAll(report.used().others().keySet());
    names.addAll(report.pending().others().keySet());
    names.addAll(report.reach().others().keySet());
    // Nodes have ephemeral-storage, pods and more, which nobody shares out.
    names.removeIf(name -> !name.equals(CPU) && !name.equals(MEMORY) && !name.contains("/"));
    return names;
  }

  /** In cores, bytes, or pieces, named as kube-state-metrics does. */
  private static void add(
      GaugeSnapshot.Builder gauge, QueueReport report, String resource, long amount) {
    String unit =
        switch (resource) {
          case CPU -> "core";
          case MEMORY -> "byte";
          default -> "integer";
        };
    double value = resource.equals(CPU) ? amount / 1000.0 : amount;
    add(gauge, value, QueueLabels.QUEUE, report.name(), "resource", resource, "unit", unit);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static void add(GaugeSnapshot.Builder gauge, double value, String... labels) {
    gauge.dataPoint(
        GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }
}
