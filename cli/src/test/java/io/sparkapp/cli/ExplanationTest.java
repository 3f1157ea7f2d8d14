package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final String QUEUE =
      """
      metadata: {name: analytics}
      spec: {state: Draining}
      status:
        guaranteed: {cpu: "28"}
        capacity: {cpu: "40"}
        used: {cpu: "35"}
        running: 3
        waiting: 5
      """;

  @Test
  void oneThatWaitsIsToldItsPlaceWhatItNeedsAndWhatIsInTheWay() {
    assertThat(
            explain(
                """
                metadata: {name: flights, generation: 2}
                spec:
                  queue: analytics
                  priorityClassName: nightly
                  driver: {cores: 1, memory: 2g}
                  executor: {instances: 4, cores: 2, memory: 4g}
                status:
                  phase: Waiting
                  queue: analytics
                  place: 2
                  observedGeneration: 1
                  message: It needs 9 cores, queue analytics has 5 free.
                """,
                null,
                QUEUE))
        .containsExactly(
            "flights waits in queue analytics, at place 2 of its line.",
            "It needs 9 cores, queue analytics has 5 free.",
            "It needs a driver with 1 core and a heap of 2g, and 4 executors with 2 cores and a heap of 4g.",
            "Its priority is that of PriorityClass nightly.",
            "Queue analytics holds 35 of 40 cpu, 28 of it guaranteed.",
            "In it 3 run and 5 wait.",
            "Queue analytics drains: it admits nothing new; what runs goes on.",
            "The operator has not looked at the last change of its spec yet.");
  }

  @Test
  void oneThatHasLessThanItAsksForIsToldWhyByItsQueue() {
    assertThat(
            explain(
                """
                metadata: {name: flights}
                spec: {queue: etl, executor: {min: 1, max: 20}}
                status:
                  phase: Running
                  queue: analytics
                  executors: {asked: 20, granted: 12, running: 11, failed: 1}
                  message: "Stage 3 of 5: 412 of 800 tasks. Queue analytics is at its maximum of 40 cores."
                """,
                """
                status:
                  message: Queue analytics is at its maximum of 40 cores.
                  reclaim:
                  - {profile: 0, total: 8, before: "2026-11-21T05:00:30Z"}
                  - {profile: 1, total: 0, before: "2026-11-21T05:00:30Z"}
                """,
                null))
        .containsExactly(
            "flights runs in queue analytics.",
            "Its driver asks for 20 executors, 12 are granted and 11 run.",
            "Spark asks for as many as its tasks need: at least 1, at most 20.",
            "Queue analytics is at its maximum of 40 cores.",
            "1 executor failed so far.",
            "The queue takes executors back: 8 may stay; those that are still too many are ended at 2026-11-21T05:00:30Z.",
            "The queue takes executors back: 0 of ResourceProfile 1 may stay; those that are still too many are ended at 2026-11-21T05:00:30Z.",
            "It is to move to queue etl, and stays charged to analytics until there is room for all that it holds.",
            "Stage 3 of 5: 412 of 800 tasks.");
  }

  @Test
  void oneThatWasGrantedAllWaitsForNodesOnly() {
    assertThat(
            explain(
                """
                metadata: {name: pi}
                spec: {executor: {instances: 2}}
                status:
                  phase: Starting
                  queue: default
                  executors: {asked: 2, granted: 2, running: 0, failed: 0}
                  message: 2 executors wait for a node.
                """,
                "status: {}",
                null))
        .containsExactly(
            "pi starts in queue default.",
            "Its driver asks for 2 executors, 2 are granted and 0 run.",
            "It was granted all; the nodes have not started them all yet.",
            "2 executors wait for a node.");
  }

  @Test
  void aRefusalIsToldFromAFailure() {
    assertThat(
            explain(
                """
                metadata: {name: big}
                spec: {}
                status: {phase: Failed, message: It needs 50 cores; queue small may hold 8.}
                """,
                null,
                null))
        .containsExactly("big was refused.", "It needs 50 cores; queue small may hold 8.");
    assertThat(
            explain(
                """
                metadata: {name: pi}
                spec: {}
                status:
                  phase: Failed
                  message: main threw.
                  started: "2026-01-01T00:00:00Z"
                  driver: {pod: pi-1-driver, exitCode: 15}
                """,
                null,
                null))
        .containsExactly(
            "pi failed.",
            "main threw.",
            "Its driver ended with exit code 15; sparkapp logs pi shows what it wrote.");
  }

  @Test
  void aDriverOutsideIsNothingThatItNeedsRoomFor() {
    assertThat(
            explain(
                """
                metadata: {name: shell}
                spec: {placement: Client, executor: {instances: 1}}
                status: {phase: Waiting, message: Waits for its driver.}
                """,
                null,
                null))
        .containsExactly(
            "shell waits in queue default.",
            "Waits for its driver.",
            "It needs 1 executor with 1 core and a heap of 1g.");
  }

  @Test
  void whatNobodyLookedAtIsSaidToBeSo() {
    assertThat(explain("{metadata: {name: pi}, spec: {}}", null, null))
        .containsExactly("pi was not looked at by the operator yet.");
    assertThat(
            explain(
                "{metadata: {name: pi}, spec: {}, status: {phase: Restarting, nextAttempt: soon, message: The node was lost.}}",
                null,
                null))
        .containsExactly("pi starts again at soon.", "The node was lost.");
  }

  private static List<String> explain(String app, String request, String queue) {
    return Explanation.of(
        Serialization.unmarshal("---\n" + app, SparkApp.class),
        Optional.ofNullable(request)
            .map(yaml -> Serialization.unmarshal(yaml, ExecutorRequest.class)),
        Optional.ofNullable(queue)
            .map(yaml -> Queue.of(Serialization.unmarshal(yaml, SparkQueue.class))));
  }
}
