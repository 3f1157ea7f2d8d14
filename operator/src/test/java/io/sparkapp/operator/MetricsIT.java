package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.AttemptTimes;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.metrics.OperatorMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a running operator shows after an application ran; and that the chart's alerts, its
 * dashboard and the docs speak of that, and of nothing else.
 */
class MetricsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path CHART = Path.of("..", "helm", "sparkapp-operator");
  private static final Path DOCS = Path.of("..", "docs", "operations.md");

  /** Prometheus adds these to whatever it scrapes from a pod. */
  private static final Set<String> OF_THE_TARGET =
      Set.of("job", "namespace", "instance", "pod", "service");

  @TempDir static Path state;

  private static ApiServer server;
  private static JobNamespace jobs;
  private static Exposition first;
  private static Exposition second;

  /** An application runs, and loses an executor; then another operator takes over. */
  @BeforeAll
  static void anApplicationRuns() throws Exception {
    server = ApiServer.start(state);
    jobs = JobNamespace.create(server.admin(), "measured");
    queue("etl", "{guaranteed: {cpu: 4, memory: 8Gi}, max: {cpu: 16, memory: 64Gi}}");
    AtomicBoolean failing = new AtomicBoolean(true);
    try (Running one = new Running(failing)) {
      jobs.createWith("flights", "  queue: etl\n  executor: {instances: 2}\n");
      jobs.createWith("later", "  queue: etl\n  executor: {instances: 1}\n");
      await().atMost(SOON).until(() -> jobs.pods("flights").size() == 3);
      await().atMost(SOON).until(() -> jobs.pods("later").size() == 2);
      jobs.runs("flights-1-driver", "driver", "10.0.0.9");
      jobs.runs("flights-1-exec-1", "executor", "10.0.0.10");
      driverTells("flights-1");
      awaitFirstTask("flights");
      jobs.ends("flights-1-exec-1", "executor", 137, "OOMKilled");
      await().atMost(SOON).until(() -> jobs.names("flights").contains("flights-1-exec-3"));
      jobs.runs("later-1-driver", "driver", "10.0.0.11");
      await().atMost(SOON).until(() -> phase("later") == Phase.Running);
      jobs.ends("flights-1-driver", "driver", 0, "Completed");
      await().atMost(SOON).until(() -> phase("flights") == Phase.Succeeded);
      System.gc();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                first = one.scrape();
                assertThat(first.labels())
                    .containsKeys(
                        "jvm_gc_pause_seconds_sum",
                        "operator_sdk_controllers_execution_reconcile_failure_total");
                assertThat(first.value("sparkapp_applications_ended_total")).isEqualTo(1);
                assertThat(first.value("sparkapp_time_to_driver_running_seconds_count"))
                    .isEqualTo(2);
                assertThat(first.value("sparkapp_applications", "phase=\"Running\"")).isEqualTo(1);
              });
    }
    try (Running two = new Running(new AtomicBoolean())) {
      driverTells("later-1");
      awaitFirstTask("later");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                second = two.scrape();
                assertThat(second.value("sparkapp_queue_used", "queue=\"etl\"")).isPositive();
                assertThat(second.value("sparkapp_applications", "phase=\"Running\"")).isEqualTo(1);
              });
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatHappenedIsCountedOnce() {
    assertThat(first.value("sparkapp_leader")).isEqualTo(1);
    assertThat(first.value("sparkapp_applications_submitted_total", "queue=\"etl\"")).isEqualTo(2);
    assertThat(first.value("sparkapp_applications_ended_total", "phase=\"Succeeded\""))
        .isEqualTo(1);
    assertThat(first.value("sparkapp_executors_ended_total", "cause=\"OOMKilled\"")).isEqualTo(1);
    assertThat(first.value("sparkapp_applications", "phase=\"Running\"")).isEqualTo(1);
    assertThat(first.value("sparkapp_executors_asked", "queue=\"etl\"")).isEqualTo(1);
    assertThat(first.value("sparkapp_queue_wait_seconds_count", "queue=\"etl\"")).isEqualTo(2);
    assertThat(first.value("sparkapp_time_to_driver_running_seconds_count")).isEqualTo(2);
    assertThat(first.value("sparkapp_time_to_first_executor_seconds_count")).isEqualTo(1);
    assertThat(first.value("sparkapp_time_to_first_task_seconds_count")).isEqualTo(1);
    assertThat(first.value("sparkapp_time_to_first_task_seconds_sum")).isBetween(0.0, 300.0);
    assertThat(first.value("sparkapp_queue_guaranteed", "queue=\"etl\"", "resource=\"cpu\""))
        .isEqualTo(4);
    assertThat(first.value("sparkapp_cache_objects", "resource=\"sparkapps\"")).isEqualTo(2);
    assertThat(
            first.value(
                "sparkapp_api_calls_total", "resource=\"pods\"", "verb=\"create\"", "code=\"201\""))
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void anOperatorThatTakesOverCountsNothingAgain() {
    for (String counted :
        List.of(
            "sparkapp_applications_submitted_total",
            "sparkapp_applications_ended_total",
            "sparkapp_executors_ended_total",
            "sparkapp_queue_wait_seconds_count",
            "sparkapp_driver_start_seconds_count",
            "sparkapp_time_to_driver_running_seconds_count",
            "sparkapp_time_to_first_task_seconds_count")) {
      assertThat(second.value(counted)).as(counted).isZero();
    }
    assertThat(second.value("sparkapp_applications", "phase=\"Running\"")).isEqualTo(1);
  }

  @Test
  void noNameOfAnApplicationOrNamespaceIsALabel() {
    assertThat(first.text()).doesNotContain("\"measured\"").doesNotContain("flights");
  }

  @Test
  void alertsSpeakOfMetricsAndLabelsThatThereAre() throws Exception {
    String rules = Files.readString(CHART.resolve("files/alerts/sparkapp-operator.yaml"));
    JsonNode groups =
        new ObjectMapper(new YAMLFactory())
            .readTree(rules.replace("$selector", "job=\"a\",namespace=\"b\""))
            .path("groups");
    List<JsonNode> alerts = new ArrayList<>();
    groups.forEach(group -> group.path("rules").forEach(alerts::add));

    assertThat(alerts).hasSizeGreaterThan(10);
    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      PromQl expression = check(name, alert.path("expr").asText());
      JsonNode told = alert.path("annotations");
      assertThat(told.path("summary").asText()).as(name).isNotBlank();
      assertThat(told.path("description").asText()).as(name).isNotBlank();
      assertThat(told.path("runbook_url").asText()).isEqualTo("$runbook#" + name.toLowerCase());
      assertThat(Files.readString(DOCS)).contains("\n### " + name + "\n");
      assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
      Set<String> there = new HashSet<>(expression.grouped());
      if (there.isEmpty()) {
        expression.metrics().keySet().forEach(metric -> there.addAll(first.labels().get(metric)));
      }
      Pattern.compile("\\$labels\\.(\\w+)")
          .matcher(told.toString())
          .results()
          .forEach(label -> assertThat(there).as(name).contains(label.group(1)));
    }
  }

  @Test
  void theDashboardShowsMetricsAndLabelsThatThereAre() throws Exception {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(CHART.resolve("files/dashboards/sparkapp-operator.json").toFile());
    List<String> expressions = dashboard.findValuesAsText("expr");

    assertThat(expressions).hasSizeGreaterThan(30);
    expressions.forEach(expression -> check(expression, expression));
    for (JsonNode variable : dashboard.at("/templating/list")) {
      String query = variable.path("query").asText();
      if (query.startsWith("label_values(")) {
        check(query, query.replaceAll("label_values\\((.*), (\\w+)\\)", "sum by ($2) ($1)"));
      }
    }
  }

  @Test
  void alertsAndDashboardTogetherLookAtEverythingButWhatIsInAnotherMetric() throws Exception {
    String used =
        Files.readString(CHART.resolve("files/dashboards/sparkapp-operator.json"))
            + Files.readString(CHART.resolve("files/alerts/sparkapp-operator.yaml"));

    assertThat(first.types().keySet())
        .filteredOn(name -> name.startsWith("sparkapp_") && !name.endsWith("_max"))
        .allSatisfy(name -> assertThat(used).contains(name));
  }

  @Test
  void theDocsHaveEveryMetricWithItsTypeAndLabels() throws Exception {
    Map<String, String> shown = new TreeMap<>();
    Map<String, Set<String>> labels = first.labels();
    first.types().entrySet().stream()
        .filter(each -> each.getKey().startsWith("sparkapp_"))
        .filter(each -> !isLongestOf(each.getKey()))
        .forEach(
            each -> {
              boolean histogram = each.getValue().equals("histogram");
              Set<String> names = labels.get(histogram ? each.getKey() + "_count" : each.getKey());
              shown.put(each.getKey(), each.getValue() + " " + new TreeSet<>(names));
            });
    Map<String, String> documented = new TreeMap<>();
    Files.readAllLines(DOCS).stream()
        .filter(line -> line.startsWith("| `sparkapp_"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .forEach(
            cells ->
                documented.put(
                    cells.get(1).replace("`", ""), cells.get(2) + " " + labels(cells.get(3))));

    assertThat(documented).isEqualTo(shown);
  }

  private static Set<String> labels(String cell) {
    Set<String> labels = new TreeSet<>(Arrays.asList(cell.replaceAll("[` ]", "").split(",")));
    labels.remove("");
    return labels;
  }

  /** Of a histogram; a queue's maximum is no such. */
  private static boolean isLongestOf(String name) {
    return name.endsWith("_seconds_max");
  }

  private static PromQl check(String what, String text) {
    PromQl expression = PromQl.parse(text.replace("$job", "a").replace("$queue", "b"));
    assertThat(expression.metrics()).as(what).isNotEmpty();
    Set<String> all = new HashSet<>(OF_THE_TARGET);
    expression
        .metrics()
        .forEach(
            (metric, chosen) -> {
              Set<String> there = first.labels().get(metric);
              assertThat(there).as("%s of %s", metric, what).isNotNull();
              Set<String> known = new HashSet<>(there);
              known.addAll(OF_THE_TARGET);
              assertThat(known).as("labels of %s in %s", metric, what).containsAll(chosen);
              all.addAll(there);
            });
    assertThat(all).as("labels that %s groups by", what).containsAll(expression.grouped());
    return expression;
  }

  /** Its first executor has come in and runs a task. */
  private static void driverTells(String request) {
    server
        .admin()
        .resources(ExecutorRequest.class)
        .inNamespace(jobs.namespace())
        .withName(request)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"spec": {"progress": {"tasks": {"done": 0, "total": 8, "active": 1, "failed": 0},
              "percent": 0, "executors": {"registered": 1, "idle": 0, "bare": 0}}}}
            """);
  }

  private static void awaitFirstTask(String app) {
    await()
        .atMost(SOON)
        .until(
            () ->
                Optional.ofNullable(jobs.status(app).times())
                    .map(AttemptTimes::firstTask)
                    .isPresent());
  }

  private static Phase phase(String app) {
    return jobs.status(app).phase();
  }

  private static void queue(String name, String spec) {
    server
        .admin()
        .resource(
            Serialization.unmarshal(
                "apiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: %s}\nspec: %s\n"
                    .formatted(name, spec),
                SparkQueue.class))
        .create();
  }

  /** An operator whose calls are counted. */
  private static final class Running implements AutoCloseable {
    private final KubernetesClient client;
    private final SparkAppOperator operator;

    /**
     * @param failing has one status not be written
     */
    Running(AtomicBoolean failing) throws Exception {
      OperatorMetrics metrics = new OperatorMetrics(Clock.systemUTC());
      Interceptor failure =
          new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
              if (request.uri().getPath().endsWith("/sparkapps/later/status")
                  && failing.getAndSet(false)) {
                throw new IllegalStateException("a call that fails once");
              }
            }
          };
      client =
          server.operatorClient(
              http -> {
                metrics.count(http);
                http.addOrReplaceInterceptor("failure", failure);
              });
      operator =
          SparkAppOperator.start(
              OperatorConfig.from(
                  Map.of("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1", "SPARKAPP_ENDPOINTS_PORT", "0")),
              client,
              Clock.systemUTC(),
              () -> {},
              metrics);
    }

    Exposition scrape() throws Exception {
      URI address = URI.create("http://127.0.0.1:" + operator.port() + "/metrics");
      return new Exposition(
          HttpClient.newHttpClient()
              .send(java.net.http.HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
              .body());
    }

    @Override
    public void close() {
      operator.close();
      client.close();
    }
  }
}
