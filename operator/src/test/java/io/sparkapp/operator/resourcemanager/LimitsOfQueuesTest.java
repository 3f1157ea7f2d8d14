package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What queues, nodes, namespaces and users set bounds to. */
class LimitsOfQueuesTest {

  @Test
  void whatAQueueDoesNotLendIsKeptFree() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 6}, lending: {cpu: 2}}")
            .queue("b", "")
            .submit("borrower", "b", 0, 20);

    assertThat(queues.granted("borrower")).as("10 cores, 4 kept, 1 driver").isEqualTo(5);
    assertThat(queues.submit("owner", "a", 3, 3).runs("owner")).isTrue();
  }

  @Test
  void aQueueBorrowsNoMoreThanItMay() {
    Queues queues =
        Queues.onCores(10)
            .queue("a", "{guaranteed: {cpu: 2}, borrowing: {cpu: 3}}")
            .submit("app", "a", 0, 20);

    assertThat(queues.granted("app")).isEqualTo(4);
    assertThat(queues.why("app")).contains("queue a has 0 cores of its 5 cores left");
  }

  @Test
  void aMaximumHoldsForAllThatIsUnderAQueue() {
    Queues queues =
        Queues.onCores(20)
            .queue("team", "max: {cpu: 6}")
            .queue("x", "parent: team")
            .queue("y", "parent: team")
            .submit("one", "x", 0, 20)
            .submit("two", "y", 1, 1);

    assertThat(queues.granted("one")).isEqualTo(5);
    assertThat(queues.why("two"))
        .isEqualTo(
            "1st in line of queue y: its driver with 1 executor needs 2 cores and 2Gi, and queue team"
                + " has 0 cores of its 6 cores left.");
    assertThat(queues.report("team").used().cpu()).isEqualTo(6000);
    assertThat(queues.report("team").waiting()).isEqualTo(1);
  }

  @Test
  void whatCouldNeverFitIsRefusedAndSaysByHowMuch() {
    Queues queues = Queues.onCores(100).queue("a", "max: {cpu: 4}").submit("large", "a", 5, 5);

    assertThat(queues.allocation("large").admission()).isInstanceOf(Admission.Refused.class);
    assertThat(queues.why("large"))
        .isEqualTo(
            "Queue a may hold at most 4 cores, and its driver with 5 executors needs 6 cores: 2 cores"
                + " too much. Ask for less, or for another queue.");
  }

  @Test
  void whatIsLargerThanAllNodesWaitsForMoreOfThem() {
    Queues queues = Queues.onCores(4).submit("large", "default", 5, 5);

    assertThat(queues.allocation("large").admission()).isInstanceOf(Admission.Waiting.class);
    assertThat(queues.why("large"))
        .isEqualTo(
            "1st in line of queue default: its driver with 5 executors needs 6 cores, 2 cores more than"
                + " the 4 cores of all nodes together, and 6Gi of memory, 2Gi more than the 4Gi of all"
                + " nodes together, and waits until nodes come. Ask for less, or, where nodes come when"
                + " pods wait for them, declare how much there can be: spec.max of SparkQueue root.");
  }

  @Test
  void oneThatIsLargerThanAllNodesHoldsUpNobody() {
    Queues queues =
        Queues.onCores(4)
            .queue("a", "guaranteed: {cpu: 8}")
            .submit("large", "a", 5, 5)
            .submit("borrows", "default", 0, 2)
            .podsOf("borrows", 0)
            .after(Duration.ofMinutes(6));

    assertThat(queues.decided()).isEmpty();
    assertThat(queues.granted("borrows")).isEqualTo(2);
    assertThat(queues.submit("small", "a", 0, 0).runs("small")).isTrue();
  }

  @Test
  void anExecutorThatIsLargerThanAllNodesSaysSo() {
    Queues queues =
        Queues.onCores(4).submit("wide", "default", 0, 1, new Resources(1000, 4401L << 30));

    assertThat(queues.runs("wide")).isTrue();
    assertThat(queues.why("wide"))
        .startsWith(
            "Gets no more than 0 executors of the 1 that it wants: one needs 4.3Ti of memory, 4.3Ti more"
                + " than the 4Gi of all nodes together, and waits until nodes come.");
  }

  @Test
  void ofWhatNoNodeHasNoneIsNamed() {
    Queues queues =
        Queues.onCores(4)
            .submit("gpu", "default", 1, 1, new Resources(1000, 1 << 30).with("nvidia.com/gpu", 2));

    assertThat(queues.why("gpu"))
        .startsWith(
            "1st in line of queue default: its driver with 1 executor needs 2 nvidia.com/gpu, of which no"
                + " node has any, and waits until nodes come.");
  }

  @Test
  void withADeclaredCapacityNodesDoNotCount() {
    Queues queues =
        Queues.onCores(4).queue("root", "max: {cpu: 100}").submit("large", "default", 5, 5);

    assertThat(queues.runs("large")).isTrue();
  }

  @Test
  void aQueueThatIsMissingOrClosedSaysSo() {
    Queues queues =
        Queues.onCores(100)
            .queue("closed", "state: Draining")
            .queue("strict", "{state: Stopped, turnedAway: Refuse}")
            .queue("team", "")
            .queue("x", "parent: team")
            .queue("ml", "namespaceSelector: {matchLabels: {team: ml}}")
            .queue("bobs", "users: [bob]")
            .namespace("etl", Map.of("team", "etl"));

    assertThat(queues.submit("a", "nowhere", 1, 1).why("a"))
        .isEqualTo("Queue nowhere does not exist: create it, or name another one in spec.queue.");
    assertThat(queues.submit("b", "closed", 1, 1).why("b"))
        .isEqualTo("Queue closed is draining: it admits no applications until its state is Open.");
    assertThat(queues.submit("c", "strict", 1, 1).allocation("c").admission())
        .isInstanceOf(Admission.Refused.class);
    assertThat(queues.submit("d", "team", 1, 1).why("d"))
        .isEqualTo("Queue team has queues under it: name one of those in spec.queue.");
    assertThat(queues.submit("e", "ml", 1, 1).why("e"))
        .isEqualTo(
            "Queue ml is not for namespace etl: its namespaceSelector does not match the namespace's"
                + " labels.");
    assertThat(queues.submit("f", "bobs", 1, 1, 0, Optional.of("eve")).why("f"))
        .isEqualTo("Queue bobs is not for user eve.");
    assertThat(queues.submit("g", "bobs", 1, 1, 0, Optional.of("bob")).runs("g")).isTrue();
    assertThat(queues.namespace("etl", Map.of("team", "ml")).runs("e")).isTrue();
    assertThat(queues.queue("nowhere", "").runs("a")).isTrue();
  }

  @Test
  void oneNamespaceOrUserGetsNoMoreThanItsShareAndHoldsUpNobody() {
    Queues queues =
        Queues.onCores(100)
            .queue("default", "{line: Strict, perUser: {maxRunningApplications: 1, max: {cpu: 4}}}")
            .submit("one", "default", 1, 20, 0, Optional.of("bob"))
            .submit("two", "default", 1, 1, 0, Optional.of("bob"))
            .submit("other", "default", 1, 1, 0, Optional.of("eve"));

    assertThat(queues.granted("one")).isEqualTo(3);
    assertThat(queues.why("two"))
        .isEqualTo(
            "1st in line of queue default: its driver with 1 executor needs 2 cores and 2Gi, and 1"
                + " application of user bob runs in queue default, and more may not.");
    assertThat(queues.runs("other")).isTrue();
    queues.submit("unnamed", "default", 1, 1).submit("unnamed too", "default", 1, 1);
    assertThat(queues.runs("unnamed")).isTrue();
    assertThat(queues.why("unnamed too"))
        .as("to leave the name out is no way around")
        .contains("1 application of users without a name runs in queue default");
  }

  @Test
  void aDrainingQueueGoesOnAndAStoppedOneGetsNothingMore() {
    Queues queues = Queues.onCores(100).queue("q", "").submit("app", "q", 1, 2);

    queues.queue("q", "state: Draining").asks("app", 4);
    assertThat(queues.granted("app")).isEqualTo(4);
    queues.queue("q", "state: Stopped").asks("app", 6);
    assertThat(queues.granted("app")).isEqualTo(4);
    assertThat(queues.why("app"))
        .isEqualTo("Gets no more than 4 executors of the 6 that it wants: queue q is stopped.");
  }
}
