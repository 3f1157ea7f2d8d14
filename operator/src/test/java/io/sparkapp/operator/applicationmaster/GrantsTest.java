package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequestStatus.Ended;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ApplicationMaster makes of executors that a queue grants and takes back. */
class GrantsTest {

  private static final String BEFORE = "2026-01-01T00:00:30Z";

  private final ScriptedResourceManager queue = new ScriptedResourceManager();

  @Test
  void createsAsManyExecutorsAsAreGrantedAndSaysWhyNotMore() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {min: 1, max: 9, instances: 4}
                """),
            queue.grantsAtMost(2, "Queue etl is at its maximum."));

    cluster.reconcile().driverRuns().executorsRun().reconcile();

    assertThat(cluster.podNames()).hasSize(3);
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 2));
    assertThat(cluster.request().answered().message()).isEqualTo("Queue etl is at its maximum.");
    assertThat(cluster.status().executors().asked()).isEqualTo(4);
    assertThat(cluster.status().executors().granted()).isEqualTo(2);
    assertThat(cluster.status().message()).contains("Queue etl is at its maximum.");
  }

  @Test
  void aPodOnItsWayOutTakesPartOfTheGrantUntilItIsGone() {
    FakeCluster cluster = FakeCluster.running(3, queue);
    queue.grantsAtMost(3, "Queue etl is at its maximum.");
    cluster.podIsDrained("flights-1-exec-3").reconcile();

    assertThat(cluster.podNames()).hasSize(4);

    cluster.podVanishes("flights-1-exec-3").reconcile();

    assertThat(cluster.podNames()).hasSize(4).contains("flights-1-exec-4");
  }

  @Test
  void anAnswerThatIsWrittenCountsAsAdmittedThoughNoPodWasMadeYet() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue);
    // The request with the answer in it, and its Secret; then the operator dies.
    cluster.reconcile(2);

    cluster.decide();

    assertThat(queue.asked().admitted()).isTrue();
    assertThat(queue.asked().asks().get(0).granted()).isEqualTo(2);
    assertThat(queue.asked().asks().get(0).held()).isZero();
    assertThat(Optional.ofNullable(cluster.pod("flights-1-driver"))).isEmpty();
  }

  @Test
  void whatAnOperatorThatDiedHasAnsweredIsAnsweredAnewWhenTheQueueGrantsLessByNow() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue);
    cluster.reconcile(2);
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 2));

    queue.grantsAtMost(1, "Queue etl is at its maximum.");
    cluster.reconcile();

    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 1));
    assertThat(cluster.podNames())
        .as("the first two ids were given out")
        .containsExactly("flights-1-driver", "flights-1-exec-3");
  }

  @Test
  void aReclaimIsTheDriversToCarryOutUntilItsTimeIsOver() {
    FakeCluster cluster = FakeCluster.running(3, queue);
    queue.takesBack(0, 1, BEFORE);
    cluster.reconcile();

    assertThat(cluster.request().answered().reclaim()).containsExactly(new Reclaim(0, 1, BEFORE));
    assertThat(cluster.request().answered().granted()).containsExactly(new Grant(0, 1));
    assertThat(cluster.podNames()).hasSize(4);
    assertThat(cluster.said()).contains("ExecutorsReclaimed: Queue etl takes 2 executors back.");
    assertThat(cluster.decide().lookAgain()).contains(Duration.ofSeconds(30).plusMillis(1));
    assertThat(queue.asked().asks().get(0).reclaim())
        .map(ApplicationDemand.Reclaim::total)
        .contains(1);

    // The driver gives one back in time.
    cluster.executorEnds(1, 0, "Completed").reconcile();
    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames()).containsExactly("flights-1-driver", "flights-1-exec-2");
    Ended end =
        cluster.request().answered().ended().stream()
            .filter(each -> each.id().equals("3"))
            .findFirst()
            .orElseThrow();
    assertThat(end.cause()).isEqualTo(EndCause.Reclaimed);
    assertThat(end.applicationAtFault()).isFalse();
    assertThat(end.message())
        .isEqualTo(
            "Queue etl took executor 3 back, which had not left in time; this is no fault of the application.");
    assertThat(cluster.status().executors().failed()).isZero();
  }

  @Test
  void aReclaimThatFirstTakesOnlyWhatIsNotThereIsToldWhenItTakesExecutors() {
    FakeCluster cluster = FakeCluster.running(3, queue);
    queue.takesBack(0, 3, BEFORE);
    cluster.reconcile();
    assertThat(cluster.said()).noneMatch(event -> event.startsWith("ExecutorsReclaimed"));

    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    queue.takesBack(0, 1, BEFORE);
    cluster.reconcile();

    assertThat(cluster.said())
        .filteredOn(event -> event.startsWith("ExecutorsReclaimed"))
        .containsExactly("ExecutorsReclaimed: Queue etl takes 1 executor back.");
  }

  @Test
  void thoseThatTheDriverSaysAreLeavingAreEndedBeforeOthers() {
    FakeCluster cluster = FakeCluster.running(4, queue);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1", "3"));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-2", "flights-1-exec-4");
  }

  @Test
  void afterThoseThatAreLeavingTheNewestAreEnded() {
    FakeCluster cluster = FakeCluster.running(4, queue);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1"));

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-2", "flights-1-exec-3");
  }

  @Test
  void noMoreAreEndedThanAreTooManyHoweverManyAreLeaving() {
    FakeCluster cluster = FakeCluster.running(4, queue);
    queue.takesBack(0, 2, BEFORE);
    cluster.reconcile();
    cluster.driverWrites(spec -> Specs.withLeaving(spec, "1", "2", "3", "4", "99"));
    // One has left already, and its pod is not gone yet.
    cluster.podIsDrained("flights-1-exec-4");

    cluster.timePasses(Duration.ofSeconds(30)).reconcile();

    assertThat(cluster.podNames())
        .containsExactly(
            "flights-1-driver", "flights-1-exec-1", "flights-1-exec-2", "flights-1-exec-4");
  }

  @Test
  void executorsThatHaveNotStartedAreTakenBackAtOnce() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(3), queue).reconcile();
    cluster.driverRuns().executorRuns(1).executorRuns(3).reconcile();
    queue.takesBack(0, 2, BEFORE);

    cluster.reconcile();

    assertThat(cluster.podNames())
        .containsExactly("flights-1-driver", "flights-1-exec-1", "flights-1-exec-3");
  }
}
