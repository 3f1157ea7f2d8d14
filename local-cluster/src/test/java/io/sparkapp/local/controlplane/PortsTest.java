package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void choosesThreeDifferentFreePorts() {
    Iterator<Integer> candidates = List.of(5, 5, 6, 7, 8).iterator();

    Ports ports = Ports.choose(candidates::next, port -> port != 6);

    assertThat(ports).isEqualTo(new Ports(5, 7, 8));
  }

  @Test
  void givesUpWhenNoPortIsFree() {
    assertThatThrownBy(() -> Ports.choose(() -> 5, port -> false))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("No three free ports");
  }
}
