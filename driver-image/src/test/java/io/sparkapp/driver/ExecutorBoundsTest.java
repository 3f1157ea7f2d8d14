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
  void anyNumberMayStayUntilTheUserChangesIt() {
    ExecutorBounds bounds = fixed(2);
    assertThat(bounds.mayStay(0)).as("the program may have asked for more").isGreaterThan(100);

    bounds.change(new Bounds(2, 1, 1));

    assertThat(bounds.mayStay(0)).isEqualTo(1);
    assertThat(bounds.mayStay(3)).as("each ResourceProfile has its own most").isEqualTo(1);
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
