package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.StageState;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of programs that a SparkApp can run, on a local cluster. */
class ProgramsIT {

  @TempDir Path scratch;

  @RegisterExtension static final OwnLocalCluster local = new OwnLocalCluster();

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

    Result run = local.installation().sparkapp("run", file.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("100000\t4999950000");
  }

  @Test
  void runsASqlScript() throws Exception {
    Result run = local.run("sql-script.yaml");

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
  void theStagesOfAJoinAreOneGraphInTheStatusAndOnATerminal() throws Exception {
    Path file = scratch.resolve("joined.yaml");
    Files.writeString(
        file,
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: joined}
        spec:
          main:
            sqlText: |
              SELECT /*+ MERGE(b) */ count(*), sum(a.n)
              FROM (SELECT id AS n FROM range(1000)) a JOIN (SELECT id * 2 AS m FROM range(300)) b ON n = m
          sparkConf: {spark.sql.shuffle.partitions: "3"}
          driver: {cpuRequest: 100m}
          executor: {instances: 1, cpuRequest: 100m}
        """);

    Result run = local.installation().sparkapp("run", file.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("300\t89700");
    SparkAppStatus status = local.status("joined");
    assertThat(status.progress().graph())
        .as("%s", status.progress())
        .allMatch(stage -> stage.state() == StageState.Done)
        .anyMatch(stage -> stage.parents().equals(List.of(0, 1)));
    assertThat(status.usage()).as("it ran for seconds").isNull();
    assertThat(local.said("dag", "joined", "--ascii"))
        .startsWith("joined: Succeeded, ")
        .containsPattern("(?m)^[*] +0 .*\\n[|] [*] 1 .*\\n[+]-[+]\\n[*] +[0-9]+ ");
    assertThat(local.said("dag", "joined", "-o", "dot")).contains("  0 -> ", "  1 -> ");
  }

  @Test
  void fetchesPackagesFromARepositoryAndGivesThemToTheExecutors() throws Exception {
    try (MavenRepository repository = new MavenRepository()) {
      String example = Files.readString(local.installation().example("packages.yaml"));
      Path file =
          Files.writeString(
              scratch.resolve("packages.yaml"),
              example.replace("repositories: []", "repositories: [\"" + repository.url() + "\"]"));
      assertThat(file).content().contains(repository.url());

      Result run = local.installation().sparkapp("run", file.toString());

      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.out().lines()).contains("100\t338350");
    }
  }

  @Test
  void podTemplatesAndPropertiesFromAConfigMapReachDriverAndExecutors() throws Exception {
    local.apply(local.installation().example("pod-template.yaml"));

    local.awaitEnd("pod-template");
    assertThat(local.phase("pod-template"))
        .as(local.app("pod-template").getStatus().message())
        .isEqualTo(Phase.Succeeded);
    assertThat(local.installation().kubectl("logs", "pod-template-1-driver").out().lines())
        .containsSubsequence(
            "hello from an executor",
            "spark.sql.shuffle.partitions\t3",
            "spark.hadoop.fs.s3a.endpoint\thttp://minio:9000");
    Pod driver =
        local.client().pods().inNamespace("default").withName("pod-template-1-driver").get();
    assertThat(driver.getMetadata().getLabels()).containsEntry("team", "data");
  }

  @Test
  void aSparkConnectServerTellsItsAddressAndServesUntilItIsSuspended() throws Exception {
    local.apply(local.installation().example("connect.yaml"));
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(
            () ->
                local.status("connect").driver() != null
                    && local.status("connect").driver().connect() != null);
    String address = local.app("connect").getStatus().driver().connect();
    assertThat(address).matches("sc://127[.0-9]+:15002");
    assertThat(local.app("connect").getStatus().message())
        .startsWith("Spark Connect listens at " + address + ".");

    Result client = connect(address, "change-me", "SELECT id % 7 FROM range(1000) GROUP BY 1");
    assertThat(client.exitCode()).as(client.all()).isZero();
    assertThat(client.out()).contains("version: 4.").contains("rows: 7");
    Result stranger = connect(address, "wrong");
    assertThat(stranger.exitCode()).isNotZero();
    assertThat(stranger.err()).contains("UNAUTHENTICATED");

    local.patch("connect", "{\"spec\":{\"suspend\":true}}");
    local.awaitPhase("connect", Phase.Suspended);
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(() -> local.installation().processesOf("connect-1").isEmpty());
    assertThat(local.app("connect").getStatus().driver()).isNull();
  }

  /** A client in a process of its own, with Spark's jars as the images have them. */
  private static Result connect(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        local.installation().root().resolve("driver-image/target/test-classes")
            + ":"
            + local.installation().root().resolve("executor-image/target/image/opt/spark/jars")
            + "/*");
    command.add("io.sparkapp.driver.ConnectClient");
    command.addAll(List.of(arguments));
    return local.installation().run(command);
  }
}
