package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of programs that a SparkApp can run, on a local cluster. */
class ProgramsIT {

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

  private static SparkApp get(String name) {
    return client.resources(SparkApp.class).inNamespace("default").withName(name).get();
  }
}
