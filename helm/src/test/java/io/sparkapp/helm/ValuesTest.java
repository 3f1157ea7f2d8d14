package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {

  private static final Path FILE = Chart.FOLDER.resolve("values.yaml");
  private static final JsonNode VALUES = Chart.yaml(Chart.read(FILE));
  private static final JsonNode SCHEMA =
      Chart.yaml(Chart.read(Chart.FOLDER.resolve("values.schema.json")));

  /** What has no default that could be written down. */
  private static final List<String> MAY_BE_LEFT_OUT =
      List.of(
          "/global",
          "/resources/limits/cpu",
          "/historyServer/resources/limits/cpu",
          "/affinity/nodeAffinity",
          "/affinity/podAffinity",
          "/affinity/podAntiAffinity",
          "/historyServer/affinity/nodeAffinity",
          "/historyServer/affinity/podAffinity",
          "/historyServer/affinity/podAntiAffinity");

  @TempDir private Path scratch;

  @ParameterizedTest
  @MethodSource
  void aWrongValueIsRefusedByItsName(String values, String name) {
    Chart chart = new Chart(scratch);

    assertThatThrownBy(() -> chart.render(values)).hasMessageContaining(name);
  }

  static Stream<Arguments> aWrongValueIsRefusedByItsName() {
    return Stream.of(
        Arguments.of("replica: 3", "'replica' not allowed"),
        Arguments.of("replicas: two", "/replicas"),
        Arguments.of("replicas: -1", "/replicas"),
        Arguments.of("image: {operator: {tags: x}}", "'tags' not allowed"),
        Arguments.of("image: {operator: {digest: latest}}", "/image/operator/digest"),
        Arguments.of("imagePullPolicy: Sometimes", "/imagePullPolicy"),
        Arguments.of("imagePullSecrets: [registry]", "/imagePullSecrets/0"),
        Arguments.of("jobNamespaces: [etl, ETL]", "/jobNamespaces/1"),
        Arguments.of("jobNamespaces: [etl, etl]", "/jobNamespaces"),
        Arguments.of("jobNamespaces: etl", "/jobNamespaces"),
        Arguments.of("leaderElection: {leaseDuration: 15s}", "/leaderElection/leaseDuration"),
        Arguments.of("resources: {limits: {memory: lots}}", "/resources/limits/memory"),
        Arguments.of("nodeSelector: {spot: true}", "/nodeSelector/spot"),
        Arguments.of("affinity: {podAntiAfinity: {}}", "'podAntiAfinity' not allowed"),
        Arguments.of("extraEnv: [{nam: X}]", "/extraEnv/0"),
        Arguments.of(
            "podDisruptionBudget: {maxUnavailable: 0}", "/podDisruptionBudget/maxUnavailable"),
        Arguments.of(
            "metrics: {serviceMonitor: {interval: often}}", "/metrics/serviceMonitor/interval"),
        Arguments.of("metrics: {alerts: {selector: spark}}", "/metrics/alerts/selector"),
        Arguments.of("historyServer: {sparkConf: {retained: \"1\"}}", "/historyServer/sparkConf"),
        Arguments.of("web: {port: 80}", "/web/port"),
        Arguments.of("web: {historyServer: history.example.com}", "/web/historyServer"),
        Arguments.of("web: {httpRoute: {parentRefs: [public]}}", "/web/httpRoute/parentRefs/0"),
        Arguments.of("test: {timeout: 5m}", "/test/timeout"));
  }

  @ParameterizedTest
  @MethodSource
  void whatDoesNotGoTogetherIsRefusedWithWhatToDo(String values, String sentence) {
    Chart chart = new Chart(scratch);

    assertThatThrownBy(() -> chart.render(values)).hasMessageContaining(sentence);
  }

  static Stream<Arguments> whatDoesNotGoTogetherIsRefusedWithWhatToDo() {
    return Stream.of(
        Arguments.of(
            "leaderElection: {enabled: false}",
            "leaderElection.enabled=false allows one operator only: set replicas=1"),
        Arguments.of(
            "driver: {serviceAccount: {annotations: {role: x}}}",
            "driver.serviceAccount.annotations need jobNamespaces"),
        Arguments.of("createJobNamespaces: true", "createJobNamespaces=true needs jobNamespaces"),
        Arguments.of(
            "{jobNamespaces: [etl], test: {namespace: ml}}",
            "test.namespace=ml is none of jobNamespaces"),
        Arguments.of(
            "historyServer: {enabled: true}",
            "historyServer.enabled=true needs historyServer.logDirectory"),
        Arguments.of(
            "metrics: {service: {enabled: false}, serviceMonitor: {enabled: true}}",
            "metrics.serviceMonitor.enabled=true needs metrics.service.enabled=true"),
        Arguments.of("web: {enabled: false, ingress: {enabled: true}}", "need web.enabled=true"),
        Arguments.of(
            "web: {ingress: {enabled: true}}", "web.ingress.enabled=true needs web.ingress.host"),
        Arguments.of(
            "web: {httpRoute: {enabled: true}}",
            "web.httpRoute.enabled=true needs web.httpRoute.parentRefs"));
  }

  @Test
  void theSchemaDescribesEveryValueAndAllowsNoOther() {
    List<String> wrong = new ArrayList<>();
    describes(SCHEMA, "", wrong);

    assertThat(wrong).isEmpty();
  }

  @Test
  void theSchemaAndTheValuesHaveTheSameNames() {
    assertThat(namesInSchema(SCHEMA, ""))
        .containsAll(namesInValues(VALUES, SCHEMA, ""))
        .allSatisfy(
            name ->
                assertThat(VALUES.at(name).isMissingNode() && !MAY_BE_LEFT_OUT.contains(name))
                    .as("%s is not in values.yaml", name)
                    .isFalse());
  }

  @Test
  void everyValueHasAComment() {
    List<String> lines = Chart.read(FILE).lines().map(String::strip).toList();

    assertThat(lines).filteredOn(ValuesTest::isKey).hasSizeGreaterThan(100);
    for (int line = 1; line < lines.size(); line++) {
      if (isKey(lines.get(line))) {
        assertThat(lines.get(line - 1)).as(lines.get(line)).startsWith("#");
      }
    }
  }

  private static boolean isKey(String line) {
    return line.matches("[A-Za-z][\\w./-]*:.*");
  }

  private static void describes(JsonNode schema, String path, List<String> wrong) {
    if (schema.path("type").asText().equals("object")
        && schema.has("properties")
        && schema.path("additionalProperties").asBoolean(true)) {
      wrong.add(path + " allows anything");
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = path + "/" + property.getKey();
      if (property.getValue().path("description").asText().isBlank()) {
        wrong.add(name + " has no description");
      }
      describes(property.getValue(), name, wrong);
    }
  }

  private static List<String> namesInSchema(JsonNode schema, String path) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = path + "/" + property.getKey();
      names.add(name);
      names.addAll(namesInSchema(property.getValue(), name));
    }
    return names;
  }

  private static List<String> namesInValues(JsonNode values, JsonNode schema, String path) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      String name = path + "/" + value.getKey();
      if (schema.has("properties")) {
        names.add(name);
        names.addAll(
            namesInValues(value.getValue(), schema.path("properties").path(value.getKey()), name));
      }
    }
    return names;
  }
}
