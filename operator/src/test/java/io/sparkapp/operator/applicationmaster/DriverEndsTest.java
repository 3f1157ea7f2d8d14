package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Phase;
import org.junit.jupiter.api.Test;

/** What the end of its driver makes of an application, and what is told of it. */
class DriverEndsTest {

  @Test
  void runsToSuccessAndLeavesOnlyTheDriversPodForItsLog() {
    FakeCluster cluster = FakeCluster.running(2);

    cluster
        .driverWrites(spec -> Specs.withAsks(spec, Specs.ask(0, 0)))
        .driverEnds(0, "Completed", words("Succeeded", 0, "The application succeeded."))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(cluster.status().executors().summary()).isEqualTo("0/2");
    assertThat(cluster.status().driver().exitCode()).isZero();
    assertThat(cluster.status().ended()).isNotNull();
    assertThat(cluster.podNames()).containsExactly("flights-1-driver");
    assertThat(cluster.request()).isNull();
    assertThat(cluster.secretThere()).isFalse();
    assertThat(cluster.condition("Complete").getStatus()).isEqualTo("True");
    assertThat(cluster.condition("Failed").getStatus()).isEqualTo("False");
  }

  @Test
  void saysTheDriversLastWordsWhenItFailed() {
    FakeCluster cluster = FakeCluster.running(1);

    cluster
        .driverEnds(15, "Error", words("UserError", 15, "IllegalStateException: no such year"))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).isEqualTo("IllegalStateException: no such year");
    assertThat(cluster.status().driver().exitCode()).isEqualTo(15);
    assertThat(cluster.said()).contains("Failed: IllegalStateException: no such year");
  }

  @Test
  void callsAnExitWithZeroBeforeMainReturnedAFailureAsYarnDoes() {
    FakeCluster cluster = FakeCluster.running(1);

    cluster
        .driverEnds(0, "Completed", words("ExitedEarly", 0, "The driver left before main did."))
        .reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().driver().exitCode()).isEqualTo(16);
  }

  @Test
  void explainsADriverThatLeavesWithoutLastWords() {
    FakeCluster cluster = FakeCluster.running(1).driverEnds(3, "Error", null).reconcile();

    assertThat(cluster.status().message())
        .isEqualTo("The driver ended with exit code 3; its log says more.");
  }

  @Test
  void ofAFailedDriverTheLastLinesOfItsLogAreInTheStatus() {
    String words =
        "{\"outcome\":\"UserError\",\"exitCode\":15,\"message\":\"It threw.\",\"log\":[\"a\",\"b\"]}";
    FakeCluster cluster = FakeCluster.running(1).driverEnds(15, "Error", words).reconcile();

    assertThat(cluster.status().message()).isEqualTo("It threw.");
    assertThat(cluster.status().driver().log()).containsExactly("a", "b");
  }

  @Test
  void ofADriverWithoutLastWordsThoseThatTheKubeletKeptAreInTheStatus() {
    FakeCluster cluster =
        FakeCluster.running(1).driverEnds(2, "Error", "first\n\nlast\n").reconcile();

    assertThat(cluster.status().driver().log()).containsExactly("first", "last");
  }

  @Test
  void aSucceededDriverLeavesNoLogInTheStatus() {
    FakeCluster cluster = FakeCluster.running(1).driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().driver().log()).isNull();
  }

  @Test
  void advisesMoreMemoryForADriverThatWasOomKilled() {
    FakeCluster cluster = FakeCluster.running(1).driverEnds(137, "OOMKilled", null).reconcile();

    assertThat(cluster.status().message())
        .contains("OOMKilled at its limit of 1408Mi")
        .contains("raise driver.memoryOverhead");
  }

  @Test
  void saysOfADriverThatWasDrainedWhoEndedIt() {
    FakeCluster cluster = FakeCluster.running(1);

    cluster.podIsDrained("flights-1-driver").driverEnds(143, "Error", null).reconcile();

    assertThat(cluster.status().message())
        .startsWith("The driver was evicted from ")
        .contains("(EvictionByEvictionAPI)")
        .endsWith("this is no fault of the application.");
  }

  @Test
  void aDriverThatWasDoneWhenItsNodeWasDrainedSucceeded() {
    FakeCluster cluster = FakeCluster.running(1);

    cluster.podIsDrained("flights-1-driver").driverEnds(0, "Completed", null).reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void doesNotBlameTheApplicationForAnEvictedDriverWithoutContainerStatuses() {
    FakeCluster cluster = FakeCluster.running(1);

    cluster.podIsEvicted("flights-1-driver", "The node was low on resource: memory.").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .contains("Evicted")
        .contains("low on resource: memory")
        .contains("no fault of the application");
  }

  @Test
  void failsWhenTheDriversPodIsDeletedAndNeverMakesASecondOne() {
    FakeCluster cluster = FakeCluster.running(1).podVanishes("flights-1-driver").reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message())
        .isEqualTo("The driver's pod flights-1-driver was deleted while the application ran.");
    assertThat(cluster.podNames()).isEmpty();
    assertThat(cluster.everCreated()).containsOnlyOnce("flights-1-driver");
  }

  private static String words(String outcome, int exitCode, String message) {
    return "{\"outcome\":\"%s\",\"exitCode\":%d,\"message\":\"%s\"}"
        .formatted(outcome, exitCode, message);
  }
}
