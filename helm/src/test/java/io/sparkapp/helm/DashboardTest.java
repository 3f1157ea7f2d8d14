package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sparkapp.crds.SparkApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {

  private static final Pattern METRIC = Pattern.compile("\\b(operator_sdk|jvm|sparkapp)_\\w+");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^[a-z]\\w+");

  @TempDir private Path scratch;

  @Test
  void itsPanelsShowMetricsThatTheOperatorHas() throws Exception {
    JsonNode dashboard = Chart.yaml(dashboard());

    Set<String> shown =
        dashboard.findValuesAsText("expr").stream()
            .flatMap(expression -> METRIC.matcher(expression).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    Set<String> there =
        SAMPLE
            .matcher(metricsOfAnOperator())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    // Of the operator's own.
    there.add("sparkapp_leader");

    assertThat(dashboard.path("panels")).hasSizeGreaterThan(5);
    assertThat(shown).hasSizeGreaterThan(8).isSubsetOf(there);
  }

  @Test
  void everyPanelSaysWhatItShows() {
    assertThat(Chart.yaml(dashboard()).path("panels"))
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).isNotBlank();
            });
  }

  private String dashboard() {
    return new Chart(scratch)
        .render("metrics: {dashboard: {enabled: true}}")
        .one(ConfigMap.class, "sparkapp-operator-dashboard")
        .getData()
        .get("sparkapp-operator.json");
  }

  /** Registers what the operator registers, with no API server behind it. */
  private static String metricsOfAnOperator() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    try (JvmGcMetrics gc = new JvmGcMetrics();
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withMasterUrl("https://example.invalid").build())
                .build()) {
      gc.bindTo(registry);
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      Operator operator =
          new Operator(
              overrider ->
                  overrider
                      .withKubernetesClient(client)
                      .withCloseClientOnStop(false)
                      .withMetrics(metrics));
      operator.register(new Idle(), overrider -> overrider.withName("sparkapp"));
      ResourceID id = new ResourceID("pi", "jobs");
      metrics.receivedEvent(new Event(id), Map.of());
      SparkApp app = new SparkApp();
      app.getMetadata().setName("pi");
      app.getMetadata().setNamespace("jobs");
      metrics.reconcileCustomResource(app, null, Map.of("controller.name", "sparkapp"));
      metrics.failedReconciliation(app, new IllegalStateException(), Map.of());
      metrics.timeControllerExecution(new Nothing(id));
      registry.timer("jvm.gc.pause").record(Duration.ofMillis(1));
      return registry.scrape();
    }
  }

  /** Is registered under the name of the operator's controller. */
  private static final class Idle implements Reconciler<SparkApp> {

    @Override
    public UpdateControl<SparkApp> reconcile(SparkApp app, Context<SparkApp> context) {
      return UpdateControl.noUpdate();
    }
  }

  private record Nothing(ResourceID resourceID) implements Metrics.ControllerExecution<String> {

    @Override
    public String name() {
      return "reconcile";
    }

    @Override
    public String controllerName() {
      return "sparkapp";
    }

    @Override
    public String successTypeName(String result) {
      return "none";
    }

    @Override
    public Map<String, Object> metadata() {
      return Map.of();
    }

    @Override
    public String execute() {
      return "";
    }
  }
}
