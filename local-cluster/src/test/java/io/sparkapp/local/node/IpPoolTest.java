package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IpPoolTest {
  @Test
  void givesEachLivePodItsOwnLoopbackAddress() {
    IpPool pool = new IpPool(-17);
    Set<String> addresses = new HashSet<>();
    for (int pod = 0; pod < 1000; pod++) {
      addresses.add(pool.allocate());
    }
    assertThat(addresses).hasSize(1000);
    assertThat(addresses)
        .allMatch(address -> address.matches("127\\.[1-9]\\d*\\.\\d+\\.[1-9]\\d*"));
  }

  @Test
  void doesNotSoonGiveAnAddressAgain() {
    IpPool pool = new IpPool(0);
    String first = pool.allocate();
    pool.release(first);
    assertThat(first).isEqualTo("127.1.0.1");
    assertThat(pool.allocate()).isEqualTo("127.1.0.2");
  }

  @Test
  void startsElsewhereForAnotherCluster() {
    assertThat(new IpPool(1).allocate()).isNotEqualTo(new IpPool(2).allocate());
  }

  @Test
  void ignoresAnAddressThatIsNotInUse() {
    IpPool pool = new IpPool(0);
    pool.release("127.0.0.1");
    assertThat(pool.allocate()).isEqualTo("127.1.0.1");
  }
}
