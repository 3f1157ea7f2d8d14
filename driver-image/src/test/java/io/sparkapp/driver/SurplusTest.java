package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurplusTest {

  private static final LiveExecutor OLD_BARE = new LiveExecutor("1", 0, false, true);
  private static final LiveExecutor NEW_BARE = new LiveExecutor("10", 0, false, true);
  private static final LiveExecutor OLD_HOLDER = new LiveExecutor("2", 0, false, false);
  private static final LiveExecutor NEW_HOLDER = new LiveExecutor("9", 0, false, false);
  private static final LiveExecutor BUSY_BARE = new LiveExecutor("3", 0, true, true);
  private static final LiveExecutor NEW_BUSY_BARE = new LiveExecutor("12", 0, true, true);
  private static final LiveExecutor BUSY_HOLDER = new LiveExecutor("4", 0, true, false);
  private static final LiveExecutor NEW_BUSY_HOLDER = new LiveExecutor("11", 0, true, false);

  @Test
  void idleOnesGoFirstAndThoseThatHoldNothingAndTheNewest() {
    List<LiveExecutor> live =
        new ArrayList<>(
            List.of(
                OLD_BARE,
                NEW_BARE,
                OLD_HOLDER,
                NEW_HOLDER,
                BUSY_BARE,
                NEW_BUSY_BARE,
                BUSY_HOLDER,
                NEW_BUSY_HOLDER));
    Collections.shuffle(live, new Random(1));

    assertThat(Surplus.of(live, profile -> 0))
        .containsExactly("10", "1", "9", "2", "12", "3", "11", "4");
    assertThat(Surplus.of(live, profile -> 5)).containsExactly("10", "1", "9");
  }

  @Test
  void nobodyGoesWhereThereAreNotTooMany() {
    List<LiveExecutor> live = List.of(OLD_BARE, BUSY_HOLDER);

    assertThat(Surplus.of(live, profile -> 2)).isEmpty();
    assertThat(Surplus.of(live, profile -> Integer.MAX_VALUE)).isEmpty();
    assertThat(Surplus.of(List.of(), profile -> 0)).isEmpty();
  }

  @Test
  void eachResourceProfileIsCountedByItself() {
    List<LiveExecutor> live =
        List.of(
            OLD_BARE,
            new LiveExecutor("5", 1, true, false),
            new LiveExecutor("6", 1, true, false),
            new LiveExecutor("7", 2, false, true));

    assertThat(Surplus.of(live, profile -> profile == 1 ? 1 : 9)).containsExactly("6");
  }

  @Test
  void whetherAnybodyIsToGoShowsInTheNumbersAlone() {
    assertThat(Surplus.isThere(Map.of(0, 2, 1, 3), profile -> 3)).isFalse();
    assertThat(Surplus.isThere(Map.of(0, 2, 1, 4), profile -> 3)).isTrue();
    assertThat(Surplus.isThere(Map.of(0, 4), profile -> Integer.MAX_VALUE)).isFalse();
  }
}
