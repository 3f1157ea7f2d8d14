package io.sparkapp.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.Ceiling;
import io.sparkapp.operator.resourcemanager.QueueReport;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

  /** What is looked at, as a test says. */
  private static final class Cluster implements OperatorMetrics.Sources {
    private final Map<String, QueueReport> queues =
        Map.of(
            "etl",
            new QueueReport(
                "etl",
                new Resources(4000, 1L << 33, new TreeMap<>(Map.of("nvidia.com/gpu", 2L))),
                Ceiling.exactly(new Resources(8000, 1L << 34)),
                new Resources(1500, 1L << 30),
                new Resources(500, 0),
                12,
                1,
                1,
                true));
    private final List<SparkApp> apps = new ArrayList<>();
    private boolean leads = true;

    @Override
    public boolean leads() {
      return leads;
    }

    @Override
    public Map<String, QueueReport> queues() {
      return queues;
    }

    @Override
    public boolean hasQueue(String name) {
      return queues.containsKey(name);
    }

    @Override
    public Stream<SparkApp> applications() {
      return apps.stream();
    }

    @Override
    public Map<String, Integer> cached() {
      return Map.of("pods", 3);
    }
  }

  private final Cluster cluster = new Cluster();

  @Test
  void applicationsExecutorsAndQueuesAreShownByQueue() {
    cluster.apps.add(
        app(
            "etl",
            "phase: Running, executors: {asked: 5, granted: 4, running: 3, failed: 0}, queue: etl"));
    cluster.apps.add(
        app("etl", "phase: Waiting, queue: etl, times: {asked: \"2026-01-01T00:00:00Z\"}"));
    cluster.apps.add(
        app(
            "etl",
            "phase: Succeeded, executors: {asked: 9, granted: 9, running: 0, failed: 0}, queue:"
                + " etl"));
    cluster.apps.add(app("typo", "phase: Failed"));

    String text = scrape();

    assertThat(text.lines())
        .contains(
            "sparkapp_leader 1.0",
            "sparkapp_applications{phase=\"Running\",queue=\"etl\"} 1.0",
            "sparkapp_applications{phase=\"Restarting\",queue=\"etl\"} 0.0",
            "sparkapp_applications{phase=\"Failed\",queue=\"-\"} 1.0",
            "sparkapp_executors_asked{queue=\"etl\"} 5.0",
            "sparkapp_executors_granted{queue=\"etl\"} 4.0",
            "sparkapp_executors_running{queue=\"etl\"} 3.0",
            "sparkapp_queue_longest_wait_seconds{queue=\"etl\"} 600.0",
            "sparkapp_queue_used{queue=\"etl\",resource=\"cpu\",unit=\"core\"} 1.5",
            "sparkapp_queue_used{queue=\"etl\",resource=\"memory\",unit=\"byte\"} 1.073741824E9",
            "sparkapp_queue_guaranteed{queue=\"etl\",resource=\"nvidia.com/gpu\",unit=\"integer\"}"
                + " 2.0",
            "sparkapp_queue_max{queue=\"etl\",resource=\"cpu\",unit=\"core\"} 8.0",
            "sparkapp_queue_applications_waiting{queue=\"etl\"} 1.0",
            "sparkapp_executors_ended_total{cause=\"OOMKilled\",queue=\"etl\"} 0.0",
            "sparkapp_cache_objects{resource=\"pods\"} 3.0");
  }

  @Test
  void anOperatorThatStandsByShowsNoNumbersOfApplicationsAndQueues() {
    cluster.apps.add(app("etl", "phase: Running, queue: etl"));
    cluster.leads = false;

    assertThat(scrape())
        .contains("sparkapp_leader 0.0", "sparkapp_cache_objects")
        .doesNotContain("sparkapp_applications{")
        .doesNotContain("sparkapp_queue_used{");
  }

  @Test
  void theNumberOfSeriesDoesNotGrowWithApplications() {
    cluster.apps.add(app("etl", "phase: Running, queue: etl"));
    long few = scrape().lines().count();
    IntStream.range(0, 1000)
        .forEach(i -> cluster.apps.add(app("etl-" + i, "phase: Failed, message: x" + i)));

    long many = scrape().lines().count();

    // Those of queue "-" at the most.
    assertThat(many - few).isLessThan(20);
  }

  @Test
  void whatIsNoLongerThereIsNoLongerShown() {
    OperatorMetrics metrics = new OperatorMetrics(Clock.fixed(NOW, ZoneOffset.UTC));
    metrics.lookAt(cluster);
    cluster.apps.add(app("typo", "phase: Failed"));
    assertThat(samples(metrics.scrape(), "sparkapp_applications{")).contains("\"-\"");

    cluster.apps.clear();

    assertThat(samples(metrics.scrape(), "sparkapp_applications{"))
        .contains("etl")
        .doesNotContain("\"-\"");
    metrics.close();
  }

  private static String samples(String text, String prefix) {
    return text.lines().filter(line -> line.startsWith(prefix)).collect(Collectors.joining("\n"));
  }

  private String scrape() {
    try (OperatorMetrics metrics = new OperatorMetrics(Clock.fixed(NOW, ZoneOffset.UTC))) {
      metrics.lookAt(cluster);
      return metrics.scrape();
    }
  }

  private static SparkApp app(String queue, String status) {
    return Serialization.unmarshal(
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: flights, namespace: jobs}
        spec: {queue: %s, main: {jar: "local:///a.jar", class: A}}
        status: {%s}
        """
            .formatted(queue, status),
        SparkApp.class);
  }
}
