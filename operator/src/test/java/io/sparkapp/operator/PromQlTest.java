package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

  @Test
  void anExpressionIsReadForItsMetricsAndLabels() {
    PromQl expression =
        PromQl.parse(
            "sum by (queue) (rate(a_total{job=\"x\",code=~\"5..|none\"}[10m])) / 2"
                + " unless on (pod) (b{c!=\"}\"} > 0.5) and absent(d)");

    assertThat(expression.metrics())
        .isEqualTo(
            Map.of("a_total", Set.of("job", "code"), "b", Set.of("c"), "d", Set.<String>of()));
    assertThat(expression.grouped()).containsExactlyInAnyOrder("queue", "pod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sum(a", "sum(a))", "rat(a[5m])", "a{b}", "a{b=c}", "sum(a[5m)]", "a @ b", "a;"})
  void whatPrometheusWouldRefuseIsRefused(String expression) {
    assertThatThrownBy(() -> PromQl.parse(expression)).isInstanceOf(RuntimeException.class);
  }
}
