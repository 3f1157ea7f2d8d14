package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart makes for the Prometheus operator. That metrics exist is MetricsIT's. */
class MonitoringTest {

  @TempDir private Path scratch;

  @Test
  void nothingThatNeedsThePrometheusOperatorIsMadeUnasked() {
    assertThat(new Chart(scratch).render("{}").text()).doesNotContain("monitoring.coreos.com");
  }

  @Test
  void alertsLookAtTheMetricsOfThisReleaseAndKeepPrometheusOwnTemplates() {
    JsonNode rule =
        object("metrics: {alerts: {enabled: true, labels: {release: prom}}}", "PrometheusRule");

    assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prom");
    List<String> expressions = rule.at("/spec/groups").findValuesAsText("expr");
    assertThat(expressions)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            expression ->
                assertThat(expression)
                    .contains("job=\"sparkapp-operator-metrics\",namespace=\"sparkapp-system\"")
                    .doesNotContain("$"));
    assertThat(rule.toString()).contains("{{ $labels.queue }}").contains("{{ $value | humanize");
    assertThat(rule.at("/spec/groups").findValuesAsText("runbook_url"))
        .allSatisfy(url -> assertThat(url).startsWith("docs/operations.md#sparkapp"));
  }

  @Test
  void alertsTakeOtherLabelsAndAnotherRunbook() {
    JsonNode rule =
        object(
            "metrics: {alerts: {enabled: true, selector: 'job=\"spark\"',"
                + " runbookUrl: https://example.com/run}}",
            "PrometheusRule");

    assertThat(rule.at("/spec/groups/0/rules/0/expr").asText())
        .isEqualTo("absent(sparkapp_leader{job=\"spark\"})");
    assertThat(rule.at("/spec/groups/0/rules/0/annotations/runbook_url").asText())
        .isEqualTo("https://example.com/run#sparkappoperatordown");
  }

  @Test
  void driversAreScrapedAtThePortOfSparksUiWhereverApplicationsRun() {
    JsonNode everywhere = object("metrics: {podMonitor: {enabled: true}}", "PodMonitor");
    JsonNode some =
        object(
            "{jobNamespaces: [etl], metrics: {podMonitor: {enabled: true, interval: 15s, paths:"
                + " [/metrics/executors/prometheus, /metrics/prometheus]}}}",
            "PodMonitor");

    assertThat(everywhere.at("/spec/namespaceSelector/any").asBoolean()).isTrue();
    assertThat(some.at("/spec/namespaceSelector/matchNames/0").asText()).isEqualTo("etl");
    assertThat(some.at("/spec/selector/matchLabels/sparkapp.io~1role").asText())
        .isEqualTo("driver");
    assertThat(some.at("/spec/podMetricsEndpoints").findValuesAsText("path"))
        .containsExactly("/metrics/executors/prometheus", "/metrics/prometheus");
    assertThat(everywhere.at("/spec/podMetricsEndpoints").findValuesAsText("path"))
        .containsExactly("/metrics/executors/prometheus");
    assertThat(some.at("/spec/podMetricsEndpoints").findValuesAsText("port"))
        .containsExactly("ui", "ui");
    assertThat(some.at("/spec/podMetricsEndpoints/0/interval").asText()).isEqualTo("15s");
  }

  @Test
  void withNetworkPoliciesOnlyThoseWhoAreNamedReachSparksUi() {
    String values =
        "{jobNamespaces: [etl], networkPolicies: {enabled: true, uiFrom: [{namespaceSelector:"
            + " {matchLabels: {team: monitoring}}}]}}";

    NetworkPolicy policy =
        new Chart(scratch).render(values).one(NetworkPolicy.class, "etl", "sparkapp-operator-ui");

    assertThat(policy.getSpec().getPodSelector().getMatchLabels())
        .containsEntry("sparkapp.io/role", "driver");
    assertThat(policy.getSpec().getIngress())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getPorts())
                  .singleElement()
                  .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(4040));
              assertThat(rule.getFrom().get(0).getNamespaceSelector().getMatchLabels())
                  .containsEntry("team", "monitoring");
            });
    assertThat(
            new Chart(scratch)
                .render("{jobNamespaces: [etl], networkPolicies: {enabled: true}}")
                .names())
        .doesNotContain("NetworkPolicy/etl/sparkapp-operator-ui");
  }

  @Test
  void theCommandOfTheDocsMakesAllFour() {
    String values =
        Pattern.compile("--set metrics\\.(\\w+)\\.enabled=true")
            .matcher(Chart.read(Chart.project().resolve("docs/operations.md")))
            .results()
            .map(set -> set.group(1) + ": {enabled: true}")
            .collect(Collectors.joining(", ", "metrics: {", "}"));

    assertThat(new Chart(scratch).render(values).objects())
        .extracting(HasMetadata::getKind)
        .contains("ServiceMonitor", "PrometheusRule", "PodMonitor", "ConfigMap");
  }

  private JsonNode object(String values, String kind) {
    HasMetadata object =
        new Chart(scratch)
            .render(values).objects().stream()
                .filter(each -> each.getKind().equals(kind))
                .findFirst()
                .orElseThrow();
    return Chart.yaml(Serialization.asYaml(object));
  }
}
