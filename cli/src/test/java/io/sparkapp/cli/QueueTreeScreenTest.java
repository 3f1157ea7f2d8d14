package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueueTreeScreenTest {

  private static final String ANALYTICS =
      """
      metadata: {name: analytics}
      spec: {guaranteed: {cpu: "28"}}
      status:
        guaranteed: {cpu: "28"}
        capacity: {cpu: "40", memory: 160Gi}
        used: {cpu: "35", memory: 40Gi}
        pending: {cpu: "6"}
        share: 87%
        running: 3
        waiting: 1
        message: It borrows 7 cores.
      """;
  private static final String ADHOC =
      """
      metadata: {name: adhoc}
      spec: {parent: analytics, state: Draining}
      status: {used: {cpu: "0"}, guaranteed: {cpu: 4}, capacity: {cpu: "8"}, running: 0, waiting: 0}
      """;
  private static final String REPORTS =
      """
      metadata: {name: reports}
      spec: {parent: analytics}
      status: {used: {memory: 500Mi}, capacity: {cpu: "40", memory: 10Gi}, running: 1, waiting: 0}
      """;

  @Test
  void everyQueueStandsUnderItsParentWithABarOfWhatItIsFullestOf() {
    assertThat(lines("root", ANALYTICS, ADHOC, REPORTS))
        .containsExactly(
            "QUEUE                                        USED                   GUARANTEED   SHARE   RUNNING   WAITING   STATE",
            "root                                                                                                         Open",
            "`- analytics    [=================>>>>   ]   35 of 40 cpu           28           87%     3         1         Open",
            "   +- adhoc     [------------            ]   0 of 8 cpu             4                    0         0         Draining",
            "   `- reports   [=                       ]   500Mi of 10Gi memory                        1         0         Open");
  }

  @Test
  void aQueueWhoseSpecIsNotInForceIsMarkedAndItsSentenceSaysWhy() {
    assertThat(
            lines(
                "root",
                """
                metadata: {name: greedy}
                spec: {parent: nowhere, state: Stopped}
                status:
                  inForce: {parent: analytics}
                  conditions:
                  - {type: Ready, status: "False", reason: Invalid, message: Its parent nowhere is not there.}
                """,
                ANALYTICS))
        .anySatisfy(line -> assertThat(line).startsWith("   `- greedy !").endsWith("Open"))
        .last()
        .isEqualTo("! greedy: Its parent nowhere is not there.");
  }

  @Test
  void queuesThatAreInNoTreeAreShownToo() {
    assertThat(
            lines(
                "root",
                "{metadata: {name: a}, spec: {parent: b}}",
                "{metadata: {name: b}, spec: {parent: a}}",
                "{metadata: {name: lost}, spec: {parent: nowhere}}"))
        .map(line -> line.replaceAll("(?<=\\S) {3,}.*", ""))
        .containsExactly("QUEUE", "root", "?- lost", "?- a", "   `- b");
  }

  @Test
  void oneQueueIsShownWithWhatIsUnderItAndWithAllItsResources() {
    assertThat(lines("analytics", ANALYTICS, ADHOC, "{metadata: {name: etl}}"))
        .hasSize(3)
        .noneMatch(line -> line.contains("etl"));
    assertThat(QueueTreeScreen.resources(Queue.of(queue(ANALYTICS))))
        .containsExactly(
            "RESOURCE   USED   GUARANTEED   MOST    PENDING",
            "cpu        35     28           40      6",
            "memory     40Gi   -            160Gi   0",
            "It borrows 7 cores.");
  }

  @Test
  void aQueueThatIsNotThereIsSaidToBeNot() {
    assertThatThrownBy(() -> lines("nowhere", ANALYTICS))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("There is no queue nowhere; sparkapp queues shows those that there are.");
  }

  @Test
  void whatNobodyCreatedIsCountedFromTheApplicationsInIt() {
    Map<String, Queue> queues = new TreeMap<>();
    queues.put("analytics", Queue.of(queue(ANALYTICS)));

    Queues.withImplicit(
        queues,
        QueueCounts.of(
            List.of(
                app("{queue: typo}", "{phase: Waiting}"),
                app("{}", "{phase: Running, queue: default}"),
                app("{queue: typo}", "{phase: Starting, queue: default}"),
                app("{}", "{phase: Succeeded, queue: default}"),
                app("{}", "{phase: Suspended}"),
                app("{queue: analytics}", "{phase: Running, queue: analytics}"))));

    assertThat(QueueTreeScreen.lines(queues.values(), "root"))
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "QUEUE USED GUARANTEED SHARE RUNNING WAITING STATE",
            "root 3 1 Open",
            "+- analytics [=================>>>> ] 35 of 40 cpu 28 87% 3 1 Open",
            "+- default 2 0 Open",
            "`- typo ! 0 1 Open",
            "! typo: there is no such queue, but applications name it.");
  }

  @Test
  void aBarIsFullAtTheMostAndNeverLonger() {
    assertThat(new QueueUse("cpu", "50", null, "40").bar()).isEqualTo("[" + "=".repeat(24) + "]");
    assertThat(new QueueUse("cpu", "1m", null, "40").bar()).isEqualTo("[=" + " ".repeat(23) + "]");
    assertThat(new QueueUse("cpu", "0", null, null).bar()).isEqualTo("[" + " ".repeat(24) + "]");
    assertThat(new QueueUse("cpu", "6", "2", null).bar())
        .isEqualTo("[" + "=".repeat(8) + ">".repeat(16) + "]");
  }

  private static List<String> lines(String top, String... yamls) {
    Collection<Queue> queues =
        List.of(yamls).stream().map(QueueTreeScreenTest::queue).map(Queue::of).toList();
    return QueueTreeScreen.lines(queues, top);
  }

  private static SparkQueue queue(String yaml) {
    return Serialization.unmarshal("---\n" + yaml, SparkQueue.class);
  }

  private static SparkApp app(String spec, String status) {
    return Serialization.unmarshal(
        "---\n{metadata: {name: x}, spec: %s, status: %s}".formatted(spec, status), SparkApp.class);
  }
}
