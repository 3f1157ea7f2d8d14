package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product as a user has it: the command, a local cluster, real Spark. */
class WholeProductIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  /** A minute until its time has come, and the rest for Spark on a busy machine. */
  private static final Duration LONGEST_TO_A_SCHEDULED_END = Duration.ofMinutes(4);

  @TempDir static Path state;
  @TempDir Path scratch;

  private static LocalInstallation installation;
  private static Result pySpark;
  private static KubernetesClient client;

  @BeforeAll
  static void bringTheClusterUp() throws Exception {
    installation = new LocalInstallation(state);
    pySpark = installation.fetchPySpark();
    Result up = installation.sparkapp("local", "up");
    assertThat(up.exitCode()).as(up.all()).isZero();
    client = installation.client();
  }

  @AfterAll
  static void takeItDown() throws Exception {
    client.close();
    Result down = installation.sparkapp("local", "down");
    assertThat(down.exitCode()).as(down.all()).isZero();
  }

  @Test
  void runsPi() throws Exception {
    Result run = installation.sparkapp("run", installation.example("pi.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("Pi is roughly 3.1");
    assertThat(run.all()).contains("Succeeded");
  }

  @Test
  void countsTheWordsThatAreThere() throws Exception {
    Result run = installation.sparkapp("run", installation.example("wordcount.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    Map<String, Long> counted = WordCounts.without(installation.root());
    assertThat(run.out())
        .contains("total words: " + counted.values().stream().mapToLong(n -> n).sum());
    Map<String, Long> printed = new TreeMap<>();
    Matcher line = Pattern.compile("(?m)^(\\S+): (\\d+)$").matcher(run.out());
    while (line.find()) {
      printed.put(line.group(1), Long.parseLong(line.group(2)));
    }
    assertThat(printed).hasSizeGreaterThan(5);
    printed.forEach((word, count) -> assertThat(counted).containsEntry(word, count));
  }

  @Test
  void aggregatesParquetThatItWrote() throws Exception {
    Result run = installation.sparkapp("run", installation.example("sql.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.all()).contains("Succeeded");
  }

  @Test
  void aggregatesInPython() throws Exception {
    assumePySpark();
    Result run = installation.sparkapp("run", installation.example("python.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out().lines()).containsSubsequence(Flights.aggregated(300_000));
    Result pandas = installation.pandas("flights_by_pandas.py", "300000");
    assertThat(pandas.exitCode()).as(pandas.all()).isZero();
    assertThat(pandas.out().lines()).containsExactlyElementsOf(Flights.aggregated(300_000));
  }

  /** Without pip there is none; on CI there is. */
  private static void assumePySpark() {
    assumeTrue(pySpark.exitCode() == 0 || Boolean.parseBoolean(System.getenv("CI")), pySpark.err());
    assertThat(pySpark.exitCode()).as(pySpark.all()).isZero();
  }

  @Test
  void whatPythonRaisesIsTheReason() throws Exception {
    assumePySpark();
    String spec =
        spec("raiser", "X", List.of(), 1)
            .replaceFirst(
                "(?s)jar: .*?class: X", "python: local:///opt/sparkapp/examples/raising.py");
    Result run =
        installation.sparkapp(
            "run", Files.writeString(scratch.resolve("raiser.yaml"), spec).toString());

    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(get("raiser").getStatus().message())
        .isEqualTo("The application raised ZeroDivisionError: division by zero.");
    assertThat(get("raiser").getStatus().driver().exitCode()).isEqualTo(1);
    assertThat(get("raiser").getStatus().driver().log())
        .startsWith("Traceback (most recent call last):")
        .endsWith("ZeroDivisionError: division by zero");
  }

  @Test
  void executorsComeAndGoWithTheWorkAndTakeNothingWithThem() throws Exception {
    Result run =
        installation.sparkapp("run", installation.example("dynamic-allocation.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("first wave: 40 with [34] executors")
        .contains("at rest: 1 executors")
        .contains("second wave: 40")
        .contains("computed again: 0");
    assertThat(get("dynamic-allocation").getStatus().executors().failed()).isZero();
  }

  @Test
  void aMissingClassFailsWithASentenceThatNamesIt() throws Exception {
    Result run = installation.sparkapp("run", installation.example("broken-class.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.all()).contains("Failed").contains("is not in").doesNotContain("\tat ");
    SparkApp app = get("broken-class");
    assertThat(app.getStatus().driver().exitCode()).isEqualTo(13);
    assertThat(run.all()).contains(app.getStatus().message());
    assertThat(events("broken-class")).contains("Failed: " + app.getStatus().message());
  }

  @Test
  void anImageThatIsNotThereFailsWithinSeconds() throws Exception {
    long started = System.nanoTime();
    Result run = installation.sparkapp("run", installation.example("broken-image.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.all()).contains("can not be pulled");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(45));
    assertThat(get("broken-image").getStatus().message()).contains("can not be pulled");
  }

  @Test
  void aDriverThatThrowsOrExitsFailsWithItsReason() throws Exception {
    Result thrown = run("thrower", "io.sparkapp.examples.Throwing", List.of(), 1);
    assertThat(thrown.exitCode()).isEqualTo(1);
    assertThat(get("thrower").getStatus().driver().exitCode()).isEqualTo(15);
    assertThat(get("thrower").getStatus().message()).contains("Exception");

    Result exited = run("exiter", "io.sparkapp.examples.Exiting", List.of("3"), 1);
    assertThat(exited.exitCode()).isEqualTo(1);
    assertThat(get("exiter").getStatus().driver().exitCode()).isEqualTo(3);
  }

  @Test
  void aKilledExecutorIsReplacedAndTheResultIsStillRight() throws Exception {
    Path file = file("survivor", "io.sparkapp.examples.SlowCount", List.of("40", "500"), 2);
    CompletableFuture<Result> run =
        CompletableFuture.supplyAsync(() -> installation.follow("run", file.toString()));
    awaitTasks("survivor");

    ProcessHandle victim = installation.executor("survivor-1", 1).orElseThrow();
    assertThat(victim.destroyForcibly()).isTrue();

    Result result = run.get(3, TimeUnit.MINUTES);
    assertThat(result.exitCode()).as(result.all()).isZero();
    assertThat(result.out()).contains("count: 40");
    assertThat(result.err()).contains("Executor 1 was killed by signal 9 from outside.");
    SparkApp app = get("survivor");
    assertThat(app.getStatus().phase()).as(app.getStatus().message()).isEqualTo(Phase.Succeeded);
    assertThat(app.getStatus().executors().failed()).isEqualTo(1);
    assertThat(events("survivor"))
        .contains("ExecutorLost: Executor 1 was killed by signal 9 from outside.");
  }

  @Test
  void anApplicationThatFailedIsTriedAgainAndBothAttemptsAreShown() throws Exception {
    Result run = installation.sparkapp("run", installation.example("restart.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.all())
        .contains("The database is away in attempt 1")
        .contains("Attempt 2 starts at")
        .contains("attempt 2 counts 1000")
        .contains("Succeeded");
    SparkApp app = get("restart");
    assertThat(app.getStatus().attempt()).isEqualTo(2);
    assertThat(app.getStatus().history())
        .singleElement()
        .satisfies(past -> assertThat(past.exitCode()).isEqualTo(15));
    assertThat(pod("restart-1-driver")).as("its log is kept").isNotNull();
  }

  @Test
  void anApplicationRestsWhileItIsSuspended() throws Exception {
    installation.kubectl("apply", "-f", installation.example("suspend.yaml").toString());
    awaitPhase("suspend", Phase.Suspended);
    assertThat(pod("suspend-1-driver")).isNull();

    suspend(false);
    awaitTasks("suspend");
    suspend(true);
    awaitPhase("suspend", Phase.Suspended);
    await().atMost(SOON).until(() -> installation.processesOf("suspend-1").isEmpty());

    suspend(false);
    awaitEnd("suspend");
    assertThat(get("suspend").getStatus().phase()).isEqualTo(Phase.Succeeded);
    assertThat(get("suspend").getStatus().attempt()).isEqualTo(2);
    assertThat(installation.kubectl("logs", "suspend-2-driver").out()).contains("count: 40");
  }

  private static void suspend(boolean value) throws Exception {
    Result patched =
        installation.kubectl(
            "patch",
            "sparkapp",
            "suspend",
            "--type",
            "merge",
            "-p",
            "{\"spec\":{\"suspend\":%s}}".formatted(value));
    assertThat(patched.exitCode()).as(patched.all()).isZero();
  }

  private static void awaitPhase(String name, Phase phase) {
    await()
        .atMost(SOON)
        .until(() -> get(name).getStatus() != null && get(name).getStatus().phase() == phase);
  }

  @Test
  void aScheduleStartsAnApplicationEveryMinuteUntilItIsDeleted() throws Exception {
    Path file = installation.example("scheduled.yaml");
    Result applied = installation.kubectl("apply", "-f", file.toString());
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
    assertThat(installation.kubectl("logs", run + "-1-driver").out()).contains("Pi is roughly 3.1");
    assertThat(installation.kubectl("get", "ssapp").out())
        .contains("SCHEDULE", "TIME ZONE", "SUSPEND", "READY", "ACTIVE", "LAST RUN", "NEXT RUN")
        .containsPattern("scheduled +[*] [*] [*] [*] [*] +Europe/Berlin +false +True +[01] ");
    assertThat(events("scheduled"))
        .anyMatch(event -> event.startsWith("RunStarted: Started " + run + " for the run of "))
        .contains("RunSucceeded: " + run + " succeeded.");

    Result refused =
        installation.kubectl(
            "patch",
            "ssapp",
            "scheduled",
            "--type",
            "merge",
            "-p",
            "{\"spec\":{\"schedule\":\"0 0 30 2 *\"}}");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err()).contains("spec.schedule never fires");

    assertThat(installation.kubectl("delete", "ssapp", "scheduled").exitCode()).isZero();
    await()
        .atMost(SOON)
        .until(
            () ->
                client
                    .resources(SparkApp.class)
                    .inNamespace("default")
                    .withLabel("sparkapp.io/schedule", "scheduled")
                    .list()
                    .getItems()
                    .isEmpty());
  }

  private static ScheduledSparkApp schedule() {
    return client
        .resources(ScheduledSparkApp.class)
        .inNamespace("default")
        .withName("scheduled")
        .get();
  }

  @Test
  void ctrlCStopsTheApplication() throws Exception {
    Path file = file("stopped", "io.sparkapp.examples.SlowCount", List.of("200", "500"), 1);
    Process run =
        installation.start(
            List.of(installation.root().resolve("sparkapp").toString(), "run", file.toString()),
            scratch.resolve("out"),
            scratch.resolve("err"));
    awaitTasks("stopped");

    // SIGINT is what a terminal sends; Java itself can only send SIGTERM, which is taken alike.
    run.destroy();

    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(scratch.resolve("err"))).contains("stopped is stopped.");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get("stopped") == null && installation.processesOf("stopped-1").isEmpty());
  }

  @Test
  void theApplicationGoesOnWhenTheOperatorIsKilled() throws Exception {
    create("orphan", "io.sparkapp.examples.SlowCount", List.of("30", "500"), 2);
    awaitTasks("orphan");
    String driver = pod("orphan-1-driver").getMetadata().getUid();
    long operator = installation.operatorPid();

    assertThat(ProcessHandle.of(operator).orElseThrow().destroyForcibly()).isTrue();

    awaitEnd("orphan");
    assertThat(get("orphan").getStatus().phase()).isEqualTo(Phase.Succeeded);
    assertThat(pod("orphan-1-driver").getMetadata().getUid()).isEqualTo(driver);
    assertThat(installation.operatorPid()).isNotEqualTo(operator);
    assertThat(events("orphan").stream().filter(event -> event.startsWith("Started:")).toList())
        .hasSize(1);
  }

  @Test
  void tenApplicationsAtOnceAllSucceed() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 10).mapToObj(i -> "crowd-" + i).toList();
    for (String name : names) {
      create(name, "io.sparkapp.examples.Pi", List.of("2"), 1);
    }

    await()
        .atMost(Duration.ofMinutes(8))
        .until(() -> names.stream().allMatch(name -> isTerminal(name)));

    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(get(name).getStatus().phase())
                    .as(get(name).getStatus().message())
                    .isEqualTo(Phase.Succeeded));
  }

  @Test
  void kubectlDoesWhatAKubernetesUserExpects() throws Exception {
    Path file = file("by-hand", "io.sparkapp.examples.SlowCount", List.of("200", "500"), 1);
    assertThat(installation.kubectl("apply", "-f", file.toString()).out())
        .contains("sparkapp.sparkapp.io/by-hand created");
    awaitTasks("by-hand");

    assertThat(installation.kubectl("get", "sparkapps").out())
        .contains("PHASE", "PROGRESS", "EXECUTORS", "QUEUE", "AGE")
        .containsPattern("by-hand +Running +\\d+% +1/1 +default");
    assertThat(installation.kubectl("get", "nodes").out()).contains(" Ready ");
    assertThat(installation.kubectl("describe", "sparkapp", "by-hand").out())
        .contains("DriverRunning", "Started");
    assertThat(installation.kubectl("logs", "by-hand-1-driver").exitCode()).isZero();

    assertThat(installation.kubectl("delete", "sparkapp", "by-hand").exitCode()).isZero();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              assertThat(installation.processesOf("by-hand-1")).isEmpty();
              assertThat(
                      client
                          .pods()
                          .inNamespace("default")
                          .withLabel("sparkapp.io/app", "by-hand")
                          .list()
                          .getItems())
                  .isEmpty();
            });
  }

  @Test
  void theDriverMayAskForExecutorsAndCanNotCreateAPod() throws Exception {
    run("asker", "io.sparkapp.examples.Pi", List.of("2"), 1);
    String driver = "system:serviceaccount:default:sparkapp-driver";

    Result pods = installation.kubectl("auth", "can-i", "create", "pods", "--as", driver);
    assertThat(pods.out().strip()).isEqualTo("no");
    assertThat(
            installation.kubectl("auth", "can-i", "get", "secrets", "--as", driver).out().strip())
        .isEqualTo("no");
    assertThat(
            installation
                .kubectl("auth", "can-i", "patch", "executorrequests.sparkapp.io", "--as", driver)
                .out()
                .strip())
        .isEqualTo("yes");
  }

  @Test
  void badFilesGetOneLineAndExitCodeTwo() throws Exception {
    for (Map.Entry<String, String> bad :
        Map.of(
                "no-yaml.yaml",
                "a: [1,\nb: }{",
                "no-kind.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n",
                "lots.yaml",
                spec("lots", "io.sparkapp.examples.Pi", List.of(), 1)
                    .replaceFirst("memory: 1g", "memory: lots"),
                "unknown.yaml",
                spec("unknown", "io.sparkapp.examples.Pi", List.of(), 1) + "  nonsense: 1\n",
                "negative.yaml",
                spec("negative", "io.sparkapp.examples.Pi", List.of(), -1))
            .entrySet()) {
      Path file = Files.writeString(scratch.resolve(bad.getKey()), bad.getValue());
      Result run = installation.sparkapp("run", file.toString());
      assertThat(run.exitCode()).as(bad.getKey() + ": " + run.all()).isEqualTo(2);
      assertThat(run.err().strip().lines()).as(bad.getKey()).hasSize(1);
      assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }
    assertThat(installation.sparkapp("run", "nowhere.yaml").exitCode()).isEqualTo(2);
  }

  private Result run(String name, String mainClass, List<String> args, int executors)
      throws Exception {
    return installation.sparkapp("run", file(name, mainClass, args, executors).toString());
  }

  private Path file(String name, String mainClass, List<String> args, int executors)
      throws IOException {
    return Files.writeString(
        scratch.resolve(name + ".yaml"), spec(name, mainClass, args, executors));
  }

  private void create(String name, String mainClass, List<String> args, int executors) {
    SparkApp app = Serialization.unmarshal(spec(name, mainClass, args, executors), SparkApp.class);
    client.resource(app).inNamespace("default").createOr(NonDeletingOperation::update);
  }

  private static String spec(String name, String mainClass, List<String> args, int executors) {
    return """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: %s}
        spec:
          main:
            jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
            class: %s
            args: [%s]
          driver: {memory: 1g}
          executor: {instances: %d, memory: 1g}
        """
        .formatted(
            name,
            mainClass,
            String.join(", ", args.stream().map(arg -> '"' + arg + '"').toList()),
            executors);
  }

  private static SparkApp get(String name) {
    return client.resources(SparkApp.class).inNamespace("default").withName(name).get();
  }

  private static Pod pod(String name) {
    return client.pods().inNamespace("default").withName(name).get();
  }

  private static boolean isTerminal(String name) {
    SparkApp app = get(name);
    return app.getStatus() != null && app.getStatus().phase().isTerminal();
  }

  private static void awaitEnd(String name) {
    await().atMost(Duration.ofMinutes(3)).until(() -> isTerminal(name));
  }

  private static void awaitTasks(String name) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              SparkApp app = get(name);
              return app != null
                  && app.getStatus() != null
                  && app.getStatus().progress() != null
                  && app.getStatus().progress().tasks() != null
                  && app.getStatus().progress().tasks().done() > 0;
            });
  }

  private static List<String> events(String name) {
    Stream<Event> events =
        client.v1().events().inNamespace("default").list().getItems().stream()
            .filter(event -> name.equals(event.getInvolvedObject().getName()));
    return events.map(event -> event.getReason() + ": " + event.getMessage()).toList();
  }
}
