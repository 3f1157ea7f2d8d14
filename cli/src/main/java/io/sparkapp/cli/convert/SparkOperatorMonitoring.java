package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.submit.AppDraft;
import io.sparkapp.cli.submit.PodDraft;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** {@code spec.monitoring}: Spark's metrics, and the JMX exporter as an agent of the JVMs. */
final class SparkOperatorMonitoring {

  private static final String DEFAULT_FILE = "/etc/metrics/conf/prometheus.yaml";
  private static final String DIRECTORY = "/etc/metrics/prometheus";
  private static final long DEFAULT_PORT = 8090;

  private final Source spec;
  private final AppDraft draft;
  private final SaidProperties properties;
  private final Findings findings;

  SparkOperatorMonitoring(
      Source spec, AppDraft draft, SaidProperties properties, Findings findings) {
    this.spec = spec;
    this.draft = draft;
    this.properties = properties;
    this.findings = findings;
  }

  /**
   * @param others gets the ConfigMap that is needed where the exporter's configuration is inline
   */
  void convert(List<ObjectNode> others) {
    spec.field("monitoring").ifPresent(monitoring -> convert(monitoring, others));
  }

  private void convert(Source monitoring, List<ObjectNode> others) {
    Map<PodDraft, Boolean> exposed =
        Map.of(
            draft.driver(), monitoring.flag("exposeDriverMetrics").orElse(false),
            draft.executor(), monitoring.flag("exposeExecutorMetrics").orElse(false));
    monitoring
        .field("metricsProperties")
        .ifPresent(text -> text.text().ifPresent(lines -> metricsProperties(lines, text)));
    properties.field(monitoring, "metricsPropertiesFile", "spark.metrics.conf");
    monitoring
        .field("prometheus")
        .ifPresent(
            prometheus -> {
              String file = file(prometheus, others, exposed);
              draft.pods().stream()
                  .filter(exposed::get)
                  .forEach(pod -> agent(pod, prometheus, file));
            });
  }

  private void metricsProperties(String lines, Source source) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(lines));
    } catch (IOException | IllegalArgumentException e) {
      findings.lost(source, "these are no lines of properties.");
      return;
    }
    new TreeMap<>(read)
        .forEach(
            (key, value) -> properties.put("spark.metrics.conf." + key, value.toString(), source));
  }

  private String file(Source prometheus, List<ObjectNode> others, Map<PodDraft, Boolean> exposed) {
    return prometheus
        .text("configFile")
        .or(
            () ->
                prometheus
                    .text("configuration")
                    .map(
                        text -> {
                          String name =
                              draft.metadata().path("name").asText("spark") + "-prometheus";
                          others.add(configMap(name, text));
                          draft.pods().stream()
                              .filter(exposed::get)
                              .forEach(pod -> pod.configMap(name, DIRECTORY));
                          return DIRECTORY + "/prometheus.yaml";
                        }))
        .orElse(DEFAULT_FILE);
  }

  private ObjectNode configMap(String name, String text) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata").put("name", name);
    if (draft.metadata().has("namespace")) {
      metadata.set("namespace", draft.metadata().get("namespace"));
    }
    map.putObject("data").put("prometheus.yaml", text);
    return map;
  }

  private void agent(PodDraft pod, Source prometheus, String file) {
    long port = prometheus.number("port").orElse(DEFAULT_PORT);
    String jar = prometheus.text("jmxExporterJar").orElse("");
    String key = "spark." + pod.role() + ".extraJavaOptions";
    String agent = "-javaagent:%s=%d:%s".formatted(jar, port, file);
    properties.put(
        key, properties.get(key).map(options -> options + " " + agent).orElse(agent), prometheus);
    ObjectNode container = JsonNodeFactory.instance.objectNode();
    container.put("name", prometheus.text("portName").orElse("jmx-exporter"));
    container.put("containerPort", port).put("protocol", "TCP");
    pod.container("ports", JsonNodeFactory.instance.arrayNode().add(container));
    pod.annotation("prometheus.io/scrape", "true");
    pod.annotation("prometheus.io/port", Long.toString(port));
    pod.annotation("prometheus.io/path", "/metrics");
  }
}
