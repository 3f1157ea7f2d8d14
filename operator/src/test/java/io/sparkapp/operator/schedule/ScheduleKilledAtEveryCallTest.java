package io.sparkapp.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import io.sparkapp.operator.schedule.FakeScheduleCluster.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day of a schedule under each policy: runs start, end well and badly, run over each other, are
 * missed, suspended and forgotten. The operator is disturbed at every single call that it makes,
 * one run for each; nothing of that can be seen in the end.
 */
class ScheduleKilledAtEveryCallTest {

  private static final String SPEC =
      """
      schedule: "0 * * * *"
      concurrencyPolicy: %s
      startingDeadline: 40m
      successfulHistoryLimit: 1
      failedHistoryLimit: 0
      suspend: %s
      """;

  private final List<String> differences = new ArrayList<>();
  private int kills;

  @ParameterizedTest
  @ValueSource(strings = {"Allow", "Forbid", "Replace"})
  void aDayEndsAsIfNothingHadHappenedWhateverHappensToACall(String policy) {
    Map<String, Object> end = live(policy, -1, 0, Fault.Before).endState();
    for (int step = 0; step < day(policy).size(); step++) {
      int calls = callsAt(policy, step);
      for (int call = 0; call < calls; call++) {
        for (Fault fault : Fault.values()) {
          Map<String, Object> disturbed = live(policy, step, call, fault).endState();
          if (!disturbed.equals(end)) {
            differences.add(
                "%s, step %d, call %d, %s: %s".formatted(policy, step, call, fault, disturbed));
          }
          kills++;
        }
      }
    }
    System.out.printf(
        "schedule, %s: kills: %d, differences: %d%n", policy, kills, differences.size());
    assertThat(differences).isEmpty();
    assertThat(kills).isGreaterThan(40);
  }

  @Test
  void aDayStartsEachRunOnce() {
    for (String policy : List.of("Allow", "Forbid", "Replace")) {
      assertThat(live(policy, -1, 0, Fault.Before).everCreated())
          .as(policy)
          .doesNotHaveDuplicates()
          .hasSizeBetween(4, 6);
    }
  }

  private static List<Consumer<FakeScheduleCluster>> day(String policy) {
    return List.of(
        cluster -> {},
        cluster -> cluster.timeIs("2026-01-01T01:00:00Z"),
        cluster -> cluster.timeIs("2026-01-01T01:20:00Z").runEnds(Phase.Succeeded, "done"),
        cluster -> cluster.timeIs("2026-01-01T02:00:00Z"),
        // It is still running when the next is due.
        cluster -> cluster.timeIs("2026-01-01T03:00:00Z"),
        FakeScheduleCluster::deletedGo,
        cluster -> cluster.timeIs("2026-01-01T03:10:00Z").runEnds(Phase.Failed, "out of memory"),
        cluster -> cluster.timeIs("2026-01-01T03:20:00Z").userApplies(SPEC.formatted(policy, true)),
        // What was due at five is too late, what was due at six is not.
        cluster ->
            cluster.timeIs("2026-01-01T05:50:00Z").userApplies(SPEC.formatted(policy, false)),
        cluster -> cluster.timeIs("2026-01-01T06:10:00Z"),
        FakeScheduleCluster::deletedGo,
        cluster -> cluster.timeIs("2026-01-01T06:20:00Z").runEnds(Phase.Succeeded, "done"),
        cluster -> cluster.timeIs("2026-01-01T07:00:00Z"),
        FakeScheduleCluster::deletedGo);
  }

  private static FakeScheduleCluster live(String policy, int disturbedAt, int call, Fault fault) {
    FakeScheduleCluster cluster = begin(policy);
    List<Consumer<FakeScheduleCluster>> day = day(policy);
    for (int step = 0; step < day.size(); step++) {
      day.get(step).accept(cluster);
      if (step == disturbedAt) {
        cluster.reconcile(call, fault);
      }
      cluster.reconcile();
    }
    return cluster;
  }

  /** Calls of the first decision of a step. */
  private static int callsAt(String policy, int step) {
    FakeScheduleCluster cluster = begin(policy);
    for (int before = 0; before < step; before++) {
      day(policy).get(before).accept(cluster);
      cluster.reconcile();
    }
    day(policy).get(step).accept(cluster);
    return cluster.reconcile(0, Fault.Before);
  }

  private static FakeScheduleCluster begin(String policy) {
    return FakeScheduleCluster.at("2026-01-01T00:30:00Z", SPEC.formatted(policy, false));
  }
}
