package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.driver.RequestStatus.Bounds;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorBoundsTest {

  @Test
  void aFixedNumberIsClampedOnlyByTheProgramItself() {
    ExecutorBounds bounds = fixed(3);

    assertThat(bounds.change(new Bounds(1, 3, 3))).as("no news").isFalse();
    assertThat(bounds.change(new Bounds(2, 5, 5))).isTrue();

    assertThat(bounds.max()).isEqualTo(5);
    assertThat(bounds.clamp(0, 7)).isEqualTo(7);
    assertThat(bounds.toWaitFor()).isEqualTo(3);
    bounds.change(new Bounds(3, 1, 1));
    assertThat(bounds.toWaitFor()).as("nobody waits for executors that never come").isEqualTo(1);
  }

  @Test
  void whatIsOlderThanWhatIsKnownIsNoNews() {
    ExecutorBounds bounds = fixed(3);
    bounds.change(new Bounds(4, 5, 5));

    assertThat(bounds.change(new Bounds(3, 3, 3))).isFalse();
    assertThat(bounds.max()).isEqualTo(5);
  }

  @Test
  void aRangeIsNotForADriverThatAllocatesNothingDynamically() {
    assertThat(fixed(3).change(new Bounds(2, 1, 9))).isFalse();
  }

  @Test
  void dynamicAllocationStaysWithinItsBounds() {
    ExecutorBounds bounds = dynamic(1, 4);
    assertThat(bounds.clamp(0, 0)).as("Spark keeps its own").isZero();

    assertThat(bounds.change(new Bounds(2, 2, 3))).isTrue();

    assertThat(List.of(bounds.clamp(0, 0), bounds.clamp(0, 3), bounds.clamp(0, 4)))
        .containsExactly(2, 3, 3);
    assertThat(bounds.clamp(1, 0)).as("nobody asked for that profile").isZero();
    assertThat(bounds.clamp(1, 9)).isEqualTo(3);
  }

  @Test
  void idleExecutorsGoFirstAndOfTheseTheNewest() {
    ExecutorBounds bounds = fixed(4);
    bounds.change(new Bounds(2, 2, 2));
    List<LiveExecutor> live =
        List.of(
            new LiveExecutor("1", 0, false),
            new LiveExecutor("9", 0, true),
            new LiveExecutor("10", 0, true),
            new LiveExecutor("2", 0, false),
            new LiveExecutor("11", 0, true));

    assertThat(bounds.surplus(live)).containsExactly("2", "1", "11");
    assertThat(bounds.surplus(live.subList(0, 2))).isEmpty();
  }

  @Test
  void eachResourceProfileHasItsOwnMost() {
    ExecutorBounds bounds = dynamic(0, 9);
    bounds.change(new Bounds(2, 0, 1));

    assertThat(
            bounds.surplus(
                List.of(
                    new LiveExecutor("1", 0, false),
                    new LiveExecutor("2", 1, false),
                    new LiveExecutor("3", 1, false))))
        .containsExactly("3");
  }

  private static ExecutorBounds fixed(int instances) {
    return new ExecutorBounds(
        new SparkConf(false).set("spark.executor.instances", Integer.toString(instances)));
  }

  private static ExecutorBounds dynamic(int min, int max) {
    return new ExecutorBounds(
        new SparkConf(false)
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.minExecutors", Integer.toString(min))
            .set("spark.dynamicAllocation.maxExecutors", Integer.toString(max)));
  }
}
