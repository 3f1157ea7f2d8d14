package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkApp;
import org.junit.jupiter.api.Test;

class MoveCommandTest {

  @Test
  void oneIsThereWhenAStatusThatKnowsTheChangeSaysSo() {
    SparkApp changed = app("3", "{phase: Running, queue: etl, observedGeneration: 2}");

    assertThat(MoveCommand.isThere(changed, changed, "etl")).isFalse();
    assertThat(
            MoveCommand.isThere(
                app("3", "{phase: Running, queue: etl, observedGeneration: 3}"), changed, "etl"))
        .isTrue();
    assertThat(
            MoveCommand.isThere(
                app("3", "{phase: Running, queue: old, observedGeneration: 3}"), changed, "etl"))
        .isFalse();
    assertThat(MoveCommand.isThere(app("3", "null"), changed, "etl")).isFalse();
  }

  @Test
  void whatBecameOfTheWishIsOneSentence() {
    assertThat(MoveCommand.outcome(app("1", "{phase: Running, queue: etl}"), "etl"))
        .isEqualTo("flights is in queue etl.");
    assertThat(MoveCommand.outcome(app("1", "{phase: Waiting, queue: etl, place: 4}"), "etl"))
        .isEqualTo("flights waits in queue etl, at place 4 of its line.");
    assertThat(
            MoveCommand.outcome(
                app("1", "{phase: Running, queue: old, message: Queue etl has 2 cores free.}"),
                "etl"))
        .isEqualTo(
            "flights is to move to queue etl, and stays charged to old until there is room for all"
                + " that it holds. Queue etl has 2 cores free.");
    assertThat(MoveCommand.outcome(app("1", "{phase: Succeeded, queue: old}"), "etl"))
        .isEqualTo("flights came to its end meanwhile: Succeeded.");
    assertThat(MoveCommand.outcome(app("1", "null"), "etl"))
        .isEqualTo("flights is to go to queue etl; the operator has not answered yet.");
    assertThat(MoveCommand.outcome(null, "etl"))
        .isEqualTo("The application was deleted meanwhile.");
  }

  @Test
  void aQueueSaysWhatItDoesFromNowOn() {
    assertThat(QueueCommand.sentence("etl", QueueState.Draining))
        .isEqualTo("Queue etl drains: it admits nothing new; what runs goes on.");
    assertThat(QueueCommand.sentence("etl", QueueState.Open))
        .isEqualTo("Queue etl is open: it admits applications.");
    assertThat(QueueCommand.sentence("etl", QueueState.Stopped))
        .isEqualTo(
            "Queue etl is stopped: it admits nothing new, and what runs gets no further executors.");
  }

  private static SparkApp app(String generation, String status) {
    return Serialization.unmarshal(
        "---\n{metadata: {name: flights, generation: %s}, spec: {queue: etl}, status: %s}"
            .formatted(generation, status),
        SparkApp.class);
  }
}
