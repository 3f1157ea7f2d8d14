package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecChangeTest {

  /** Read anew all the time, or guarded by a rule of its own. */
  private static final Set<String> FREE =
      Set.of(
          "placement",
          "client",
          "queue",
          "priorityClassName",
          "user",
          "restart",
          "limits",
          "timeToLive",
          "suspend",
          "kill",
          "retainDriver",
          "updateStrategy",
          "executor");

  private static final Set<String> BOUNDS = Set.of("instances", "min", "max");

  @Test
  void everyFieldMayEitherBeChangedOrIsGuardedByTheRule() {
    assertThat(SpecChange.RULE)
        .contains(
            Arrays.stream(SparkAppSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(field -> !FREE.contains(field))
                .map(field -> "self." + field + " == oldSelf." + field)
                .toList());
  }

  @Test
  void soIsEveryFieldOfTheExecutorsButTheirNumbers() {
    assertThat(SpecChange.RULE)
        .contains(
            Arrays.stream(ExecutorSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(field -> !BOUNDS.contains(field))
                .map(field -> "self.executor." + field + " == oldSelf.executor." + field)
                .toList());
  }
}
