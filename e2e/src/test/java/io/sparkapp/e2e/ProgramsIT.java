package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of programs that a SparkApp can run, on a local cluster. */
class ProgramsIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path state;
  @TempDir Path scratch;

  private static LocalInstallation installation;
  private static KubernetesClient client;

  @BeforeAll
  static void bringTheClusterUp() throws Exception {
    installation = new LocalInstallation(state);
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
  void imagesWithoutALauncherRunOnceItIsAdded() throws Exception {
    Path file = scratch.resolve("added.yaml");
    // Each has Spark, and the other one's launcher.
    Files.writeString(
        file,
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: added}
        spec:
          launcher: Added
          main: {sqlText: "SELECT count(*), sum(id) FROM range(100000)"}
          driver: {image: "sparkapp/executor:0.1.0", cpuRequest: 100m}
          executor: {image: "sparkapp/driver:0.1.0", instances: 1, cpuRequest: 100m}
        """);

    Result run = installation.sparkapp("run", file.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("100000\t4999950000");
  }

  @Test
  void runsASqlScript() throws Exception {
    Result run = installation.sparkapp("run", installation.example("sql-script.yaml").toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    List<String> expected =
        IntStream.range(0, 3)
            .mapToObj(
                carrier -> {
                  long[] late =
                      LongStream.range(0, 300_000)
                          .filter(id -> id % 3 == carrier)
                          .map(id -> id * 7 % 61 - 10)
                          .filter(delay -> delay >= 15)
                          .toArray();
                  return List.of("AA", "DL", "UA").get(carrier)
                      + "\t"
                      + late.length
                      + "\t"
                      + LongStream.of(late).sum()
                      + "\t"
                      + LongStream.of(late).max().orElseThrow();
                })
            .toList();
    assertThat(run.out().lines()).containsSubsequence(expected);
  }

  @Test
  void fetchesPackagesFromARepositoryAndGivesThemToTheExecutors() throws Exception {
    try (MavenRepository repository = new MavenRepository()) {
      String example = Files.readString(installation.example("packages.yaml"));
      Path file =
          Files.writeString(
              scratch.resolve("packages.yaml"),
              example.replace("repositories: []", "repositories: [\"" + repository.url() + "\"]"));
      assertThat(file).content().contains(repository.url());

      Result run = installation.sparkapp("run", file.toString());

      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.out().lines()).contains("100\t338350");
    }
  }

  @Test
  void podTemplatesAndPropertiesFromAConfigMapReachDriverAndExecutors() throws Exception {
    apply("pod-template.yaml");

    await().atMost(Duration.ofMinutes(3)).until(() -> phase("pod-template").isTerminal());
    assertThat(phase("pod-template"))
        .as(get("pod-template").getStatus().message())
        .isEqualTo(Phase.Succeeded);
    assertThat(installation.kubectl("logs", "pod-template-1-driver").out().lines())
        .containsSubsequence(
            "hello from an executor",
            "spark.sql.shuffle.partitions\t3",
            "spark.hadoop.fs.s3a.endpoint\thttp://minio:9000");
    Pod driver = client.pods().inNamespace("default").withName("pod-template-1-driver").get();
    assertThat(driver.getMetadata().getLabels()).containsEntry("team", "data");
  }

  @Test
  void aSparkConnectServerTellsItsAddressAndServesUntilItIsSuspended() throws Exception {
    apply("connect.yaml");
    await()
        .atMost(SOON)
        .until(
            () ->
                get("connect").getStatus() != null
                    && get("connect").getStatus().driver() != null
                    && get("connect").getStatus().driver().connect() != null);
    String address = get("connect").getStatus().driver().connect();
    assertThat(address).matches("sc://127[.0-9]+:15002");
    assertThat(get("connect").getStatus().message())
        .startsWith("Spark Connect listens at " + address + ".");

    Result client = connect(address, "change-me", "SELECT id % 7 FROM range(1000) GROUP BY 1");
    assertThat(client.exitCode()).as(client.all()).isZero();
    assertThat(client.out()).contains("version: 4.").contains("rows: 7");
    Result stranger = connect(address, "wrong");
    assertThat(stranger.exitCode()).isNotZero();
    assertThat(stranger.err()).contains("UNAUTHENTICATED");

    Result suspended =
        installation.kubectl(
            "patch",
            "sparkapp",
            "connect",
            "--type",
            "merge",
            "-p",
            "{\"spec\":{\"suspend\":true}}");
    assertThat(suspended.exitCode()).as(suspended.all()).isZero();
    await().atMost(SOON).until(() -> phase("connect") == Phase.Suspended);
    await().atMost(SOON).until(() -> installation.processesOf("connect-1").isEmpty());
    assertThat(get("connect").getStatus().driver()).isNull();
  }

  /** A client in a process of its own, with Spark's jars as the images have them. */
  private static Result connect(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        installation.root().resolve("driver-image/target/test-classes")
            + ":"
            + installation.root().resolve("executor-image/target/image/opt/spark/jars")
            + "/*");
    command.add("io.sparkapp.driver.ConnectClient");
    command.addAll(List.of(arguments));
    return installation.run(command);
  }

  private static void apply(String example) throws Exception {
    Result applied = installation.kubectl("apply", "-f", installation.example(example).toString());
    assertThat(applied.exitCode()).as(applied.all()).isZero();
  }

  private static Phase phase(String name) {
    SparkApp app = get(name);
    return app.getStatus() == null ? Phase.Waiting : app.getStatus().phase();
  }

  private static SparkApp get(String name) {
    return client.resources(SparkApp.class).inNamespace("default").withName(name).get();
  }
}
