package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.ClientMachine.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Drivers on their user's machine, executors on the local cluster. */
class ClientPlacementIT {

  private static final String LITTLE_CPU = "spark.kubernetes.executor.request.cores=100m";

  @TempDir static Path machineDirectory;

  @RegisterExtension static final OwnLocalCluster local = OwnLocalCluster.withPySpark();
  private static ClientMachine machine;

  @BeforeAll
  static void layTheMachineOut() throws Exception {
    // Spark's commands come with PySpark.
    local.assumePySpark();
    machine =
        ClientMachine.layOut(local.installation().root(), machineDirectory, local.kubeconfig());
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
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(() -> local.phase(app.getMetadata().getName()) == Phase.Succeeded);
    assertThat(app.getSpec().placement()).isEqualTo(Placement.Client);
    assertThat(app.getStatus().executors().asked()).isNotNull();
    assertThat(local.app(app.getMetadata().getName()).getStatus().progress().percent())
        .isEqualTo(100);
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(() -> local.pods(app.getMetadata().getName()).isEmpty());
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
    local.awaitPhase("shell", Phase.Succeeded);
    SparkApp app = local.app("shell");
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
    local.awaitPhase("raises", Phase.Failed);
    assertThat(local.app("raises").getStatus().message())
        .isEqualTo("The program ended with an error; its output says which.");
  }

  @Test
  void aDriverThatIsKilledIsLostWhenItsLeaseHasRunOut() throws Exception {
    Driver driver = slow("victim", "spark.sparkapp.leaseDuration=10s");
    local.awaitTasks("victim");

    driver.kill();

    // The lease's ten seconds, and five, on a machine that has all its time for that.
    await().atMost(Duration.ofSeconds(45)).until(() -> local.phase("victim") == Phase.Failed);
    assertThat(local.app("victim").getStatus().message())
        .contains("was lost: it has been silent for longer than its lease of 10 s");
    await()
        .atMost(OwnLocalCluster.SOON)
        .untilAsserted(() -> assertThat(local.installation().processesOf("victim-1")).isEmpty());
  }

  @Test
  void anApplicationThatIsKilledStopsSparkInItsDriver() throws Exception {
    Driver driver = slow("unwanted", "spark.sparkapp.leaseDuration=30s");
    local.awaitTasks("unwanted");

    Driver status = machine.submit("sparkapp://default", "--status", "unwanted");
    assertThat(status.end()).as(status.output()).isZero();
    assertThat(status.output()).contains("phase: Running").contains("placement: Client");
    Driver kill = machine.submit("sparkapp://default", "--kill", "unwanted");
    assertThat(kill.end()).as(kill.output()).isZero();

    assertThat(driver.end()).isNotZero();
    assertThat(driver.output())
        .contains("SparkApp unwanted has ended: Killed: spark-submit --kill by");
    local.awaitPhase("unwanted", Phase.Failed);
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
    local.awaitPhase("hidden", Phase.Failed);
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
    local.apply(file);
    local.awaitPhase("joined", Phase.Waiting);

    Driver driver =
        submit("sparkapp://default/joined", "--class", "io.sparkapp.examples.Pi", examples(), "4");
    assertThat(driver.end()).as(driver.output()).isZero();
    local.awaitPhase("joined", Phase.Succeeded);

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
    return local
        .installation()
        .root()
        .resolve("examples/target/image/opt/sparkapp/examples/sparkapp-examples.jar")
        .toString();
  }

  private static SparkApp startingWith(String prefix) {
    return local.apps().stream()
        .filter(app -> app.getMetadata().getName().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }
}
