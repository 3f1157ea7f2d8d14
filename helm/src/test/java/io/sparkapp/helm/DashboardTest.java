package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's form. That its metrics exist is MetricsIT's, on a running operator. */
class DashboardTest {

  private static final int WIDTH = 24;

  @TempDir private Path scratch;

  @Test
  void everyPanelSaysWhatItShows() {
    assertThat(dashboard().path("panels")).hasSizeGreaterThan(30);
    for (JsonNode panel : dashboard().path("panels")) {
      assertThat(panel.path("title").asText()).isNotBlank();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("description").asText())
            .as(panel.path("title").asText())
            .isNotBlank();
        assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void noPanelLiesOverAnotherAndNoneHasTheIdOfAnother() {
    Set<String> cells = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard().path("panels")) {
      JsonNode place = panel.path("gridPos");
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", panel.path("title")).isTrue();
      for (int x = place.path("x").asInt(); x < right(place); x++) {
        for (int y = place.path("y").asInt();
            y < place.path("y").asInt() + place.path("h").asInt();
            y++) {
          assertThat(cells.add(x + "," + y)).as("place of %s", panel.path("title")).isTrue();
        }
      }
      assertThat(right(place)).isLessThanOrEqualTo(WIDTH);
    }
  }

  @Test
  void everyTargetAsksTheChosenDataSourceForTheChosenJob() {
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(target.path("expr").asText()).contains("job=~\"$job\"");
      }
    }
  }

  @Test
  void grafanasSidecarFindsIt() {
    assertThat(configMap().getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
  }

  private static int right(JsonNode place) {
    return place.path("x").asInt() + place.path("w").asInt();
  }

  private JsonNode dashboard() {
    return Chart.yaml(configMap().getData().get("sparkapp-operator.json"));
  }

  private ConfigMap configMap() {
    return new Chart(scratch)
        .render("metrics: {dashboard: {enabled: true}}")
        .one(ConfigMap.class, "sparkapp-operator-dashboard");
  }
}
