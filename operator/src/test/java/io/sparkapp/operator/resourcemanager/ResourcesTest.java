package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResourcesTest {

  private static final Resources WITH_GPU =
      new Resources(2000, 4L << 30, new TreeMap<>(Map.of("nvidia.com/gpu", 1L)));

  @Test
  void quantitiesAreReadAsKubernetesWritesThemAndFractionsRoundedUp() {
    assertThat(
            Resources.of(
                Map.of(
                    "cpu", new Quantity("1500m"),
                    "memory", new Quantity("1.5Gi"),
                    "nvidia.com/gpu", new Quantity("2"))))
        .isEqualTo(new Resources(1500, 3L << 29, new TreeMap<>(Map.of("nvidia.com/gpu", 2L))));
    assertThat(Resources.of(Map.of("cpu", new Quantity("0.0001"))).cpu()).isEqualTo(1);
  }

  @Test
  void whatThereIsNoneOfIsNotThere() {
    assertThat(WITH_GPU.minus(WITH_GPU)).isEqualTo(Resources.NONE);
    assertThat(WITH_GPU.plus(Resources.NONE)).isEqualTo(WITH_GPU);
    assertThat(WITH_GPU.times(3).others()).containsEntry("nvidia.com/gpu", 3L);
  }

  @Test
  void itFitsOnlyIfAllOfItFits() {
    Resources without = new Resources(4000, 8L << 30);

    assertThat(new Resources(2000, 4L << 30).fitsIn(without)).isTrue();
    assertThat(WITH_GPU.fitsIn(without)).isFalse();
    assertThat(new Resources(5000, 0).fitsIn(without)).isFalse();
  }

  @Test
  void whatIsTooMuchToCountIsStillTooMuch() {
    Resources absurd = new Resources(Long.MAX_VALUE / 5, Long.MAX_VALUE / 5);

    for (Resources sum : new Resources[] {absurd.times(1000), absurd.plus(absurd).times(7)}) {
      assertThat(sum.plus(sum).plus(sum).cpu()).isPositive();
      assertThat(Ceiling.exactly(new Resources(1_000_000, 1L << 50)).admits(sum)).isFalse();
    }
  }
}
