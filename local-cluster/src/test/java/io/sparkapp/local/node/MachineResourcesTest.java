package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.local.controlplane.ClusterException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineResourcesTest {

  @Test
  void offersTheExtendedResourcesThatItIsToldToOffer() {
    MachineResources machine =
        MachineResources.ofThisMachine(
            1 << 20, Map.of(MachineResources.EXTENDED, "example.com/gpu=2, example.com/fpga=1"));

    assertThat(machine.allocatable().get("example.com/gpu").toString()).isEqualTo("2");
    assertThat(machine.capacity()).containsKeys("cpu", "memory", "example.com/fpga");
    assertThat(MachineResources.ofThisMachine(1 << 20, Map.of()).capacity())
        .containsOnlyKeys("cpu", "memory", "ephemeral-storage", "pods");
  }

  @Test
  void saysHowToWriteThem() {
    for (String bad : new String[] {"gpu=2", "example.com/gpu", "example.com/gpu=many"}) {
      assertThatThrownBy(() -> MachineResources.extended(bad))
          .as(bad)
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("write it as example.com/gpu=2");
    }
  }
}
