package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.operator.applicationmaster.Names;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodIndexTest {

  private static final ResourceID FLIGHTS = new ResourceID("flights", "jobs");

  private final PodIndex index = new PodIndex();

  private static Pod pod(String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("jobs")
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  private static Pod ofFlights(String name) {
    return pod(name, Map.of(Names.APP, "flights"));
  }

  @Test
  void knowsThePodsOfAnApplicationOnceEachUntilTheyAreGone() {
    index.add(ofFlights("one"));
    index.add(ofFlights("one"));
    index.add(ofFlights("two"));
    index.remove(ofFlights("two"));

    assertThat(index.of(FLIGHTS)).containsExactly(new ResourceID("one", "jobs"));
  }

  @Test
  void knowsNothingOfOthersPods() {
    index.add(pod("other", Map.of(Names.APP, "weather")));
    index.add(pod("nobody's", null));
    index.remove(ofFlights("never-there"));

    assertThat(index.of(FLIGHTS)).isEmpty();
  }
}
