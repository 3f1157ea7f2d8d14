package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schedules on a real API server, by a clock that the tests set: times that come after now, for the
 * API server's own clock says when a schedule was created. The tests play kubelet and garbage
 * collector.
 */
class ScheduleIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path state;

  private static ApiServer server;

  private final Instant now = Instant.now();
  private final Instant first = now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(30));
  private final Instant second = first.plus(Duration.ofHours(1));
  private final Instant third = second.plus(Duration.ofHours(1));
  private final String hourly =
      "schedule: \"%d * * * *\"\n".formatted(first.atOffset(ZoneOffset.UTC).getMinute());
  private final ManualClock clock = new ManualClock(now);
  private JobNamespace jobs;
  private int touched;

  @BeforeAll
  static void startApiServer() throws Exception {
    server = ApiServer.start(state);
  }

  @AfterAll
  static void stopApiServer() {
    server.close();
  }

  @BeforeEach
  void createNamespace(TestInfo test) {
    jobs =
        JobNamespace.create(
            server.admin(), "t" + Integer.toHexString(test.getDisplayName().hashCode()));
  }

  /** Operators serve all namespaces: what is left in one would keep that of the next test busy. */
  @AfterEach
  void deleteAll() {
    server.admin().resources(ScheduledSparkApp.class).inNamespace(jobs.namespace()).delete();
    server.admin().resources(SparkApp.class).inNamespace(jobs.namespace()).delete();
    server.admin().resources(ExecutorRequest.class).inNamespace(jobs.namespace()).delete();
    server.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();
  }

  @Test
  void runsStartAtTheirTimesAndTheOldestAreForgotten() throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      apply(hourly + "successfulHistoryLimit: 1\n");
      awaitMessage("The next run is at " + first + ".");
      assertThat(status().conditions())
          .extracting(Condition::getType, Condition::getStatus)
          .contains(tuple("Ready", "True"), tuple("Stalled", "False"));

      timeIs(first);
      awaitMessage(name(first) + " has not ended. The next run is at " + second + ".");
      assertThat(status().activeApps()).containsExactly(name(first));
      SparkApp app = jobs.app(name(first));
      assertThat(app.getMetadata().getLabels()).containsEntry("sparkapp.io/schedule", "nightly");
      assertThat(app.getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(get().getMetadata().getUid()));
      succeeds(first);
      awaitMessage(name(first) + " succeeded. The next run is at " + second + ".");

      timeIs(second);
      await().atMost(SOON).until(() -> jobs.app(name(second)) != null);
      succeeds(second);
      await().atMost(SOON).until(() -> apps().equals(List.of(name(second))));

      assertThat(status().lastApp()).isEqualTo(name(second));
      assertThat(status().lastScheduleTime()).isEqualTo(second.toString());
      assertThat(status().lastSuccessfulTime()).isEqualTo(second.toString());
      assertThat(status().nextScheduleTime()).isEqualTo(third.toString());
      assertThat(jobs.events("nightly"))
          .containsExactlyInAnyOrder("RunStarted", "RunSucceeded", "RunStarted", "RunSucceeded");
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void anOperatorThatWasAwayMakesUpForOneRun() throws Exception {
    try (RunningOperator before = new RunningOperator()) {
      apply(hourly);
      awaitMessage("The next run is at " + first + ".");
      assertThat(before.isUp()).isTrue();
    }
    clock.set(third.plusSeconds(60));
    try (RunningOperator after = new RunningOperator()) {
      await().atMost(SOON).until(() -> name(third).equals(status().lastApp()));
      assertThat(after.isUp()).isTrue();
    }
    assertThat(apps()).containsExactly(name(third));
  }

  @Test
  void aForbiddenRunWaitsForTheOneBeforeItsOwnTime() throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      apply(hourly + "concurrencyPolicy: Forbid\n");
      awaitMessage("The next run is at " + first + ".");
      timeIs(first);
      await().atMost(SOON).until(() -> jobs.app(name(first)) != null);

      timeIs(second);
      await().atMost(SOON).until(() -> status().skipped() != null);
      assertThat(status().message())
          .startsWith(
              "The run of %s was not started: %s has not ended, and concurrencyPolicy is Forbid."
                  .formatted(second, name(first)));
      assertThat(apps()).containsExactly(name(first));

      succeeds(first);
      await().atMost(SOON).until(() -> jobs.app(name(second)) != null);
      await().atMost(SOON).until(() -> jobs.events("nightly").contains("RunHeldUp"));
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void aReplacedRunIsGoneBeforeTheNewOneStarts() throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      apply(hourly + "concurrencyPolicy: Replace\n");
      awaitMessage("The next run is at " + first + ".");
      timeIs(first);
      await().atMost(SOON).until(() -> jobs.pod(name(first) + "-1-driver") != null);

      timeIs(second);
      awaitMessage(
          "The run of %s starts when nothing is left of %s, which it replaces."
              .formatted(second, name(first)));
      assertThat(jobs.app(name(first)).getMetadata().getDeletionTimestamp()).isNotNull();
      assertThat(jobs.pod(name(first) + "-1-driver").getMetadata().getOwnerReferences())
          .as("its driver holds the deletion up")
          .allMatch(owner -> owner.getBlockOwnerDeletion());
      assertThat(jobs.app(name(second))).isNull();

      collect(first);
      await().atMost(SOON).until(() -> jobs.app(name(second)) != null);
      await().atMost(SOON).until(() -> List.of(name(second)).equals(status().activeApps()));
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void aScheduleThatOnlyTheOperatorSeesNeverToFireIsStalled() throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      apply("schedule: \"0 0 31 4-6/2 *\"\n");

      awaitMessage(
          "The schedule \"0 0 31 4-6/2 *\" never fires: none of its months has such a day; change"
              + " spec.schedule.");
      assertThat(status().conditions())
          .filteredOn(condition -> "Stalled".equals(condition.getType()))
          .singleElement()
          .satisfies(
              stalled -> {
                assertThat(stalled.getStatus()).isEqualTo("True");
                assertThat(stalled.getReason()).isEqualTo("NeverFires");
                assertThat(stalled.getObservedGeneration()).isEqualTo(1);
              });
      patch("{" + hourly.strip().replaceFirst("schedule", "\"schedule\"") + "}");
      awaitMessage("The next run is at " + first + ".");
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void anApplicationOfSomebodyElseWithTheNameOfARunIsLeftAloneAndTheNextRunStarts()
      throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      jobs.createWith(name(first), "  suspend: true\n");
      apply(hourly);
      awaitMessage("The next run is at " + first + ".");

      timeIs(first);
      awaitMessage(
          "The run of %s can not be started. There is a SparkApp %s already that does not belong to this schedule: delete it, or give the schedule another name. The next run is at %s."
              .formatted(first, name(first), second));
      assertThat(jobs.app(name(first)).getMetadata().getOwnerReferences()).isEmpty();

      timeIs(second);
      await().atMost(SOON).until(() -> jobs.app(name(second)) != null);
      assertThat(jobs.events("nightly")).contains("RunRefused");
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void suspendedItStartsNothing() throws Exception {
    try (RunningOperator operator = new RunningOperator()) {
      apply(hourly + "suspend: true\n");
      awaitMessage("Suspended; runs are started again when spec.suspend is false.");
      timeIs(first);
      await().atMost(SOON).until(() -> status().observedGeneration() == 2);
      assertThat(apps()).isEmpty();

      patch("{\"suspend\":false}");
      await().atMost(SOON).until(() -> apps().equals(List.of(name(first))));
      assertThat(operator.isUp()).isTrue();
    }
  }

  @Test
  void anOperatorThatDiesWhenARunIsDueIsFollowedByOneThatGoesOn() throws Exception {
    for (int survived = 0; survived <= 4; survived++) {
      clock.set(now);
      jobs = JobNamespace.create(server.admin(), "due-" + survived);
      apply(hourly + "concurrencyPolicy: Forbid\n");
      try (PodBirths births = new PodBirths(jobs)) {
        clock.set(first);
        try (MortalOperator mortal = new MortalOperator(server, survived, clock)) {
          int deadAt = survived;
          await().atMost(SOON).until(() -> mortal.calls() > deadAt);
        }
        try (RunningOperator next = new RunningOperator()) {
          await().atMost(SOON).until(() -> name(first).equals(status().lastApp()));
          await().atMost(SOON).until(() -> jobs.pod(name(first) + "-1-driver") != null);
          succeeds(first);
          awaitMessage(name(first) + " succeeded. The next run is at " + second + ".");
          assertThat(next.isUp()).isTrue();
        }
        assertThat(apps()).as("killed after %d calls", survived).containsExactly(name(first));
        assertThat(births.names())
            .doesNotHaveDuplicates()
            .containsOnlyOnce(name(first) + "-1-driver");
        assertThat(jobs.events("nightly")).containsExactlyInAnyOrder("RunStarted", "RunSucceeded");
      }
    }
  }

  /** An operator with the tests' clock. */
  private final class RunningOperator implements AutoCloseable {

    private final KubernetesClient client = server.operatorClient(http -> {});
    private final SparkAppOperator operator = ApiServer.operator(client, clock);

    private RunningOperator() throws Exception {}

    boolean isUp() {
      return operator.port() > 0;
    }

    @Override
    public void close() {
      operator.close();
      client.close();
    }
  }

  private void apply(String lines) {
    String yaml =
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: ScheduledSparkApp
        metadata: {name: nightly, namespace: %s}
        spec:
          template:
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            executor: {instances: 1}
        %s"""
            .formatted(jobs.namespace(), lines.indent(2));
    server.admin().resource(Serialization.unmarshal(yaml, ScheduledSparkApp.class)).create();
  }

  /** Timers run by the machine's clock; so the schedule is touched for the operator to look. */
  private void timeIs(Instant time) {
    clock.set(time);
    touched++;
    patch("{\"failedHistoryLimit\":" + (10 + touched) + "}");
  }

  private void patch(String spec) {
    server
        .admin()
        .resources(ScheduledSparkApp.class)
        .inNamespace(jobs.namespace())
        .withName("nightly")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
  }

  /** Kubelet: driver and executor run, and the driver ends. */
  private void succeeds(Instant run) {
    String driver = name(run) + "-1-driver";
    await().atMost(SOON).until(() -> jobs.pod(driver) != null);
    jobs.runs(driver, "driver", "10.0.0.9");
    await().atMost(SOON).until(() -> phase(run) == Phase.Running);
    jobs.ends(driver, "driver", 0, "Completed");
    await().atMost(SOON).until(() -> phase(run) == Phase.Succeeded);
  }

  /** Garbage collector: what blocks the deletion of a run goes, and then the run. */
  private void collect(Instant run) {
    server.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();
    server.admin().resources(ExecutorRequest.class).inNamespace(jobs.namespace()).delete();
    server
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .withName(name(run))
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
  }

  private Phase phase(Instant run) {
    SparkApp app = jobs.app(name(run));
    return app == null || app.getStatus() == null ? null : app.getStatus().phase();
  }

  private void awaitMessage(String message) {
    await().atMost(SOON).untilAsserted(() -> assertThat(status().message()).isEqualTo(message));
  }

  private ScheduledSparkAppStatus status() {
    ScheduledSparkApp schedule = get();
    return schedule.getStatus() == null ? ScheduledSparkAppStatus.NONE : schedule.getStatus();
  }

  private ScheduledSparkApp get() {
    return server
        .admin()
        .resources(ScheduledSparkApp.class)
        .inNamespace(jobs.namespace())
        .withName("nightly")
        .get();
  }

  private List<String> apps() {
    return server
        .admin()
        .resources(SparkApp.class)
        .inNamespace(jobs.namespace())
        .list()
        .getItems()
        .stream()
        .map(app -> app.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static String name(Instant run) {
    return "nightly-" + run.getEpochSecond() / 60;
  }
}
