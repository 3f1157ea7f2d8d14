package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.scheduler.SparkListenerExecutorExcluded;
import org.apache.spark.scheduler.SparkListenerExecutorUnexcluded;
import org.apache.spark.scheduler.SparkListenerNodeExcluded;
import org.apache.spark.scheduler.SparkListenerNodeUnexcluded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What a driver knows of nodes, and says of them. */
class NodesTest {

  private final ExecutorNodes nodes = new ExecutorNodes();
  private final List<Collection<String>> told = new ArrayList<>();
  private final NodeExclusion exclusion = new NodeExclusion(nodes, 2, told::add);

  @BeforeEach
  void executorsRegister() {
    nodes.learn("1", "10.0.0.1", Optional.of("n1"));
    nodes.learn("2", "10.0.0.2", Optional.of("n1"));
    nodes.learn("3", "10.0.0.3", Optional.of("n2"));
    nodes.learn("4", "10.0.0.4", Optional.empty());
  }

  @Test
  void executorsOnOneNodeShareItsRackAndSoDoesAHostOfItsName() {
    assertThat(nodes.rack("10.0.0.1")).isEqualTo(nodes.rack("10.0.0.2")).isEqualTo("n1");
    assertThat(nodes.rack("n1")).isEqualTo("n1");
    assertThat(nodes.rack("10.0.0.4")).as("it did not tell").isEqualTo("10.0.0.4");
  }

  @Test
  void aNodeIsExcludedWhenSoManyOfItsExecutorsAreAndComesBackWithThem() {
    exclusion.onExecutorExcluded(new SparkListenerExecutorExcluded(0, "1", 2));
    exclusion.onExecutorExcluded(new SparkListenerExecutorExcluded(0, "3", 2));
    exclusion.onExecutorExcluded(new SparkListenerExecutorExcluded(0, "4", 2));
    assertThat(told).isEmpty();

    exclusion.onExecutorExcluded(new SparkListenerExecutorExcluded(0, "2", 2));
    exclusion.onExecutorUnexcluded(new SparkListenerExecutorUnexcluded(1, "1"));

    assertThat(told).containsExactly(List.of("n1"), List.of());
  }

  @Test
  void aHostThatSparkExcludesIsItsNode() {
    exclusion.onNodeExcluded(new SparkListenerNodeExcluded(0, "10.0.0.3", 2));
    exclusion.onNodeExcluded(new SparkListenerNodeExcluded(0, "10.9.9.9", 2));
    exclusion.onNodeUnexcluded(new SparkListenerNodeUnexcluded(1, "10.0.0.3"));

    assertThat(told).containsExactly(List.of("n2"), List.of());
  }

  @Test
  void pendingTasksAreCountedByTheNodeThatHoldsTheirData() {
    scala.collection.immutable.Map<Object, scala.collection.immutable.Map<String, Object>> tasks =
        scala.collection.immutable.Map.from(
            CollectionConverters.asScala(
                Map.<Object, scala.collection.immutable.Map<String, Object>>of(
                    0,
                    hosts(Map.of("10.0.0.1", 3, "10.0.0.2", 4, "10.9.9.9", 50)),
                    1,
                    hosts(Map.of("n1", 1, "n7", 2)))));

    assertThat(DataLocality.byNode(tasks, nodes)).isEqualTo(Map.of("n1", 8, "n7", 2));
  }

  private static scala.collection.immutable.Map<String, Object> hosts(Map<String, Object> counts) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(counts));
  }

  @Test
  void aNodeThatIsNotPreferredAnyMoreIsTakenOutOfTheRequest() {
    RequestSheet sheet = new RequestSheet();
    sheet.prefer(Map.of("n1", 3, "n2", 4));
    sheet.prefer(Map.of("n2", 5));
    sheet.exclude(List.of("n9"));

    assertThat(sheet.patch().at("/spec/preferredNodes").toString())
        .isEqualTo("{\"n1\":null,\"n2\":5}");
    assertThat(sheet.patch().at("/spec/excludedNodes").toString()).isEqualTo("[\"n9\"]");
  }
}
