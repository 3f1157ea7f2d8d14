package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What befalls applications while they live: kills, failures, rests, schedules, crowds. */
class ApplicationLifeIT {

  /** A minute until its time has come, and the rest for Spark on a busy machine. */
  private static final Duration LONGEST_TO_A_SCHEDULED_END = Duration.ofMinutes(8);

  private static final String SUSPEND = "{\"spec\":{\"suspend\":true}}";
  private static final String RESUME = "{\"spec\":{\"suspend\":false}}";

  @RegisterExtension static final OwnLocalCluster local = new OwnLocalCluster();
  @TempDir private Path scratch;

  @Test
  void aKilledExecutorIsReplacedAndTheResultIsStillRight() throws Exception {
    Path file = file("survivor", "SlowCount", List.of("40", "500"), 2);
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(() -> local.installation().follow("run", file.toString()));
    local.awaitTasks("survivor");

    ProcessHandle victim = local.installation().executor("survivor-1", 1).orElseThrow();
    assertThat(victim.destroyForcibly()).isTrue();

    Result result = run.get(8, TimeUnit.MINUTES);
    assertThat(result.exitCode()).as(result.all()).isZero();
    assertThat(result.out()).contains("count: 40");
    assertThat(result.err()).contains("Executor 1 was killed by signal 9 from outside.");
    SparkApp app = local.app("survivor");
    assertThat(app.getStatus().phase()).as(app.getStatus().message()).isEqualTo(Phase.Succeeded);
    assertThat(app.getStatus().executors().failed()).isEqualTo(1);
    assertThat(local.events("survivor"))
        .contains("ExecutorLost: Executor 1 was killed by signal 9 from outside.");
  }

  @Test
  void anApplicationThatFailedIsTriedAgainAndBothAttemptsAreShown() throws Exception {
    Result run = local.run("restart.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.all())
        .contains("The database is away in attempt 1")
        .contains("Attempt 2 starts at")
        .contains("attempt 2 counts 1000")
        .contains("Succeeded");
    SparkApp app = local.app("restart");
    assertThat(app.getStatus().attempt()).isEqualTo(2);
    assertThat(app.getStatus().history())
        .singleElement()
        .satisfies(past -> assertThat(past.exitCode()).isEqualTo(15));
    assertThat(local.pod("restart-1-driver")).as("its log is kept").isNotNull();
  }

  @Test
  void anApplicationRestsWhileItIsSuspended() throws Exception {
    local
        .installation()
        .kubectl("apply", "-f", local.installation().example("suspend.yaml").toString());
    local.awaitPhase("suspend", Phase.Suspended);
    assertThat(local.pod("suspend-1-driver")).isNull();

    local.patch("suspend", RESUME);
    local.awaitTasks("suspend");
    local.patch("suspend", SUSPEND);
    local.awaitPhase("suspend", Phase.Suspended);
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(() -> local.installation().processesOf("suspend-1").isEmpty());

    local.patch("suspend", RESUME);
    local.awaitEnd("suspend");
    assertThat(local.app("suspend").getStatus().phase()).isEqualTo(Phase.Succeeded);
    assertThat(local.app("suspend").getStatus().attempt()).isEqualTo(2);
    assertThat(local.installation().kubectl("logs", "suspend-2-driver").out())
        .contains("count: 40");
  }

  @Test
  void aScheduleStartsAnApplicationEveryMinuteUntilItIsDeleted() throws Exception {
    Path file = local.installation().example("scheduled.yaml");
    Result applied = local.installation().kubectl("apply", "-f", file.toString());
    assertThat(applied.out())
        .as(applied.all())
        .contains("scheduledsparkapp.sparkapp.io/scheduled created");
    await()
        .atMost(LONGEST_TO_A_SCHEDULED_END)
        .until(() -> schedule().getStatus() != null && schedule().getStatus().lastApp() != null);
    String run = schedule().getStatus().lastApp();
    await()
        .atMost(LONGEST_TO_A_SCHEDULED_END)
        .until(() -> schedule().getStatus().lastSuccessfulTime() != null);

    assertThat(run).matches("scheduled-[0-9]{8}");
    assertThat(local.installation().kubectl("logs", run + "-1-driver").out())
        .contains("Pi is roughly 3.1");
    assertThat(local.installation().kubectl("get", "ssapp").out())
        .contains("SCHEDULE", "TIME ZONE", "SUSPEND", "READY", "ACTIVE", "LAST RUN", "NEXT RUN")
        .containsPattern("scheduled +[*] [*] [*] [*] [*] +Europe/Berlin +false +True +[01] ");
    assertThat(local.events("scheduled"))
        .anyMatch(event -> event.startsWith("RunStarted: Started " + run + " for the run of "))
        .contains("RunSucceeded: " + run + " succeeded.");

    Result refused =
        local
            .installation()
            .kubectl(
                "patch",
                "ssapp",
                "scheduled",
                "--type",
                "merge",
                "-p",
                "{\"spec\":{\"schedule\":\"0 0 30 2 *\"}}");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err()).contains("spec.schedule never fires");

    assertThat(local.installation().kubectl("delete", "ssapp", "scheduled").exitCode()).isZero();
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(
            () ->
                local
                    .client()
                    .resources(SparkApp.class)
                    .inNamespace("default")
                    .withLabel("sparkapp.io/schedule", "scheduled")
                    .list()
                    .getItems()
                    .isEmpty());
  }

  @Test
  void ctrlCStopsTheApplication() throws Exception {
    Path file = file("stopped", "SlowCount", List.of("200", "500"), 1);
    Process run =
        local
            .installation()
            .start(
                List.of(
                    local.installation().root().resolve("sparkapp").toString(),
                    "run",
                    file.toString()),
                scratch.resolve("out"),
                scratch.resolve("err"));
    local.awaitTasks("stopped");

    // SIGINT is what a terminal sends; Java itself can only send SIGTERM, which is taken alike.
    run.destroy();

    assertThat(run.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(scratch.resolve("err"))).contains("stopped is stopped.");
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(
            () ->
                local.app("stopped") == null
                    && local.installation().processesOf("stopped-1").isEmpty());
  }

  @Test
  void theApplicationGoesOnWhenTheOperatorIsKilled() throws Exception {
    create("orphan", "SlowCount", List.of("30", "500"), 2);
    local.awaitTasks("orphan");
    String driver = local.pod("orphan-1-driver").getMetadata().getUid();
    long operator = local.installation().operatorPid();

    assertThat(ProcessHandle.of(operator).orElseThrow().destroyForcibly()).isTrue();

    local.awaitEnd("orphan");
    assertThat(local.app("orphan").getStatus().phase()).isEqualTo(Phase.Succeeded);
    assertThat(local.pod("orphan-1-driver").getMetadata().getUid()).isEqualTo(driver);
    assertThat(local.installation().operatorPid()).isNotEqualTo(operator);
    assertThat(
            local.events("orphan").stream().filter(event -> event.startsWith("Started:")).toList())
        .hasSize(1);
  }

  @Test
  void tenApplicationsAtOnceAllSucceed() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 10).mapToObj(i -> "crowd-" + i).toList();
    for (String name : names) {
      create(name, "Pi", List.of("2"), 1);
    }

    await()
        .atMost(Duration.ofMinutes(15))
        .until(() -> names.stream().allMatch(name -> OwnLocalCluster.hasEnded(local.status(name))));

    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(local.app(name).getStatus().phase())
                    .as(local.app(name).getStatus().message())
                    .isEqualTo(Phase.Succeeded));
  }

  private static ScheduledSparkApp schedule() {
    return local
        .client()
        .resources(ScheduledSparkApp.class)
        .inNamespace("default")
        .withName("scheduled")
        .get();
  }

  private Path file(String name, String mainClass, List<String> args, int executors)
      throws Exception {
    return Files.writeString(
        scratch.resolve(name + ".yaml"), ExampleProgram.manifest(name, mainClass, args, executors));
  }

  private static void create(String name, String mainClass, List<String> args, int executors) {
    SparkApp app =
        Serialization.unmarshal(
            ExampleProgram.manifest(name, mainClass, args, executors), SparkApp.class);
    local.client().resource(app).inNamespace("default").createOr(NonDeletingOperation::update);
  }
}
