package io.sparkapp.operator;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.kubernetes.ApplicationCaches;
import io.sparkapp.operator.kubernetes.Leadership;
import io.sparkapp.operator.kubernetes.SparkAppReconciler;
import io.sparkapp.operator.metrics.OperatorMetrics;
import io.sparkapp.operator.resourcemanager.QueueReport;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the metrics of a running operator are read from. */
record MetricSources(
    Optional<Leadership> leadership,
    QueuedResourceManager resourceManager,
    SparkAppReconciler reconciler)
    implements OperatorMetrics.Sources {

  @Override
  public boolean leads() {
    return leadership.map(Leadership::isLeading).orElse(true);
  }

  @Override
  public Map<String, QueueReport> queues() {
    return resourceManager.queues();
  }

  @Override
  public boolean hasQueue(String name) {
    return resourceManager.hasQueue(name);
  }

  @Override
  public Stream<SparkApp> applications() {
    return reconciler.caches().stream().flatMap(ApplicationCaches::all);
  }

  @Override
  public Map<String, Integer> cached() {
    return reconciler.caches().map(ApplicationCaches::sizes).orElse(Map.of());
  }
}
