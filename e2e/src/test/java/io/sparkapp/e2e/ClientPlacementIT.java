package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.ClientMachine.Driver;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers on their user's machine, executors on the local cluster. */
class ClientPlacementIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String LITTLE_CPU = "spark.kubernetes.executor.request.cores=100m";

  @TempDir static Path state;
  @TempDir static Path machineDirectory;

  private static LocalInstallation installation;
  private static KubernetesClient client;
  private static ClientMachine machine;

  @BeforeAll
  static void bringTheClusterUp() throws Exception {
    installation = new LocalInstallation(state);
    // Spark's commands come with PySpark. Without pip there is none; on CI there is.
    Result pySpark = installation.fetchPySpark();
    assumeTrue(pySpark.exitCode() == 0 || Boolean.parseBoolean(System.getenv("CI")), pySpark.err());
    assertThat(pySpark.exitCode()).as(pySpark.all()).isZero();
    Result up = installation.sparkapp("local", "up");
    assertThat(up.exitCode()).as(up.all()).isZero();
    client = installation.client();
    machine =
        ClientMachine.layOut(installation.root(), machineDirectory, state.resolve("kubeconfig"));
  }

  @AfterAll
  static void takeItDown() throws Exception {
    if (client != null) {
      client.close();
      Result down = installation.sparkapp("local", "down");
      assertThat(down.exitCode()).as(down.all()).isZero();
    }
  }

  @Test
  void aProgramOnTheUsersMachineGetsItsExecutorsFromTheOperator() throws Exception {
    Driver driver =
        submit(
            "sparkapp://default",
            "--name",
            "My Pi",
            "--conf",
            "spark.authenticate=true",
            "--conf",
            "spark.authenticate.secret=only for this test",
            "--class",
            "io.sparkapp.examples.Pi",
            examples(),
            "20");

    assertThat(driver.end()).as(driver.output()).isZero();
    assertThat(driver.output())
        .contains("Pi is roughly 3.1")
        .containsPattern("This driver runs SparkApp my-pi-[a-z0-9]{5} in namespace default");
    SparkApp app = startingWith("my-pi-");
    await().atMost(SOON).until(() -> phase(app.getMetadata().getName()) == Phase.Succeeded);
    assertThat(app.getSpec().placement()).isEqualTo(Placement.Client);
    assertThat(app.getStatus().executors().asked()).isNotNull();
    assertThat(get(app.getMetadata().getName()).getStatus().progress().percent()).isEqualTo(100);
    await().atMost(SOON).until(() -> pods(app.getMetadata().getName()).isEmpty());
  }

  @Test
  void pySparksShellCountsARange() throws Exception {
    Path typed = machineDirectory.resolve("typed");
    Files.writeString(typed, "print('counted', spark.range(1000).count())\n");

    Driver shell =
        machine.start(
            "pyspark",
            typed,
            "--master",
            "sparkapp://default/shell",
            "--conf",
            LITTLE_CPU,
            "--conf",
            "spark.executor.instances=1");

    assertThat(shell.end()).as(shell.output()).isZero();
    assertThat(shell.output()).contains("counted 1000");
    await().atMost(SOON).until(() -> phase("shell") == Phase.Succeeded);
    SparkApp app = get("shell");
    assertThat(app.getStatus().driver().pod()).isNull();
    assertThat(app.getStatus().progress().tasks().done()).isPositive();
    assertThat(app.getSpec().executor().memoryOverhead()).as("Python's share").isEqualTo("409m");
  }

  @Test
  void aPythonProgramThatRaisesHasFailed() throws Exception {
    Path program = machineDirectory.resolve("raises.py");
    Files.writeString(
        program,
        "from pyspark.sql import SparkSession\n"
            + "print(SparkSession.builder.getOrCreate().range(10).count())\n"
            + "raise ValueError('no flights')\n");

    Driver driver = submit("sparkapp://default/raises", program.toString());

    assertThat(driver.end()).isEqualTo(1);
    await().atMost(SOON).until(() -> phase("raises") == Phase.Failed);
    assertThat(get("raises").getStatus().message())
        .isEqualTo("The program ended with an error; its output says which.");
  }

  @Test
  void aDriverThatIsKilledIsLostWhenItsLeaseHasRunOut() throws Exception {
    Driver driver = slow("victim", "spark.sparkapp.leaseDuration=10s");
    await().atMost(SOON).until(() -> doneTasks("victim") > 0);

    driver.kill();

    // The lease's ten seconds, and five.
    await().atMost(Duration.ofSeconds(15)).until(() -> phase("victim") == Phase.Failed);
    assertThat(get("victim").getStatus().message())
        .contains("was lost: it has been silent for longer than its lease of 10 s");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(installation.processesOf("victim-1")).isEmpty());
  }

  @Test
  void anApplicationThatIsKilledStopsSparkInItsDriver() throws Exception {
    Driver driver = slow("unwanted", "spark.sparkapp.leaseDuration=30s");
    await().atMost(SOON).until(() -> doneTasks("unwanted") > 0);

    Driver status = machine.submit("sparkapp://default", "--status", "unwanted");
    assertThat(status.end()).as(status.output()).isZero();
    assertThat(status.output()).contains("phase: Running").contains("placement: Client");
    Driver kill = machine.submit("sparkapp://default", "--kill", "unwanted");
    assertThat(kill.end()).as(kill.output()).isZero();

    assertThat(driver.end()).isNotZero();
    assertThat(driver.output())
        .contains("SparkApp unwanted has ended: Killed: spark-submit --kill by");
    assertThat(phase("unwanted")).isEqualTo(Phase.Failed);
  }

  @Test
  void executorsThatCanNotReachTheDriverSayWhatToSet() throws Exception {
    Driver driver =
        submit(
            "sparkapp://default/hidden",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1",
            "--conf",
            "spark.driver.host=127.0.0.250",
            "--class",
            "io.sparkapp.examples.Pi",
            examples(),
            "2");

    assertThat(driver.end()).isNotZero();
    assertThat(driver.output())
        .containsPattern(
            "SparkApp hidden has ended: Executors can not reach the driver at 127.0.0.250:\\d+:"
                + " set spark.driver.host");
    assertThat(phase("hidden")).isEqualTo(Phase.Failed);
  }

  @Test
  void aSparkAppThatWaitsForItsDriverIsJoinedOnce() throws Exception {
    Path file = machineDirectory.resolve("joined.yaml");
    Files.writeString(
        file,
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: joined}
        spec:
          placement: Client
          executor: {instances: 1, cpuRequest: 100m}
        """);
    Result applied = installation.kubectl("apply", "-f", file.toString());
    assertThat(applied.exitCode()).as(applied.all()).isZero();
    await().atMost(SOON).until(() -> phase("joined") == Phase.Waiting);

    Driver driver =
        submit("sparkapp://default/joined", "--class", "io.sparkapp.examples.Pi", examples(), "4");
    assertThat(driver.end()).as(driver.output()).isZero();
    await().atMost(SOON).until(() -> phase("joined") == Phase.Succeeded);

    Driver second =
        submit("sparkapp://default/joined", "--class", "io.sparkapp.examples.Pi", examples(), "4");
    assertThat(second.end()).isNotZero();
    assertThat(second.output()).contains("SparkApp joined has or had a driver already");
  }

  private static Driver slow(String name, String conf) throws Exception {
    return submit(
        "sparkapp://default/" + name,
        "--conf",
        conf,
        "--class",
        "io.sparkapp.examples.SlowCount",
        examples(),
        "400",
        "500");
  }

  private static Driver submit(String master, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    all[0] = "--conf";
    all[1] = LITTLE_CPU;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return machine.submit(master, all);
  }

  private static String examples() {
    return installation
        .root()
        .resolve("examples/target/image/opt/sparkapp/examples/sparkapp-examples.jar")
        .toString();
  }

  private static SparkApp startingWith(String prefix) {
    return client.resources(SparkApp.class).inNamespace("default").list().getItems().stream()
        .filter(app -> app.getMetadata().getName().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static SparkApp get(String name) {
    return client.resources(SparkApp.class).inNamespace("default").withName(name).get();
  }

  private static Phase phase(String name) {
    SparkApp app = get(name);
    return app == null || app.getStatus() == null ? null : app.getStatus().phase();
  }

  private static int doneTasks(String name) {
    SparkApp app = get(name);
    return app == null || app.getStatus() == null || app.getStatus().progress() == null
        ? 0
        : app.getStatus().progress().tasks().done();
  }

  private static List<Pod> pods(String app) {
    return client.pods().inNamespace("default").withLabel("sparkapp.io/app", app).list().getItems();
  }
}
