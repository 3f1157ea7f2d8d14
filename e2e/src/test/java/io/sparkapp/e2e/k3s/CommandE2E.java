package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a cluster that is not this machine's own. */
@OnK3s
class CommandE2E {

  private static final Duration LONG = Duration.ofMinutes(2);

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void sparksOwnPageComesThroughAForwardedPortWhileTheDriverRuns(
      Cluster cluster, Applications applications, @TempDir Path directory) throws Exception {
    Application watched =
        applications.apply(Manifest.running("watched", "SlowCount", 1, "2000", "500"));
    watched.awaitTasks();
    Path out = directory.resolve("out");
    Process ui = command(cluster, applications, out, "ui", "watched", "--no-open").start();
    try {
      await().atMost(LONG).until(() -> !ui.isAlive() || Files.readString(out).endsWith("\n"));
      String address = Files.readString(out).lines().findFirst().orElse("");

      assertThat(address).startsWith("http://");
      assertThat(get(address + "/api/v1/applications")).contains("\"name\" : \"watched\"");
      assertThat(get(address + "/jobs/")).contains("Spark Jobs");

      applications
          .client()
          .resources(SparkApp.class)
          .inNamespace(applications.namespace())
          .withName("watched")
          .delete();
      assertThat(ui.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(ui.exitValue()).isZero();
    } finally {
      ui.destroyForcibly();
    }
  }

  @Test
  void whatItShowsOfAnApplicationIsThere(
      Cluster cluster, Applications applications, @TempDir Path directory) throws Exception {
    applications.applyExample("pi.yaml").awaitSuccess();
    Path out = directory.resolve("out");

    assertThat(run(cluster, applications, out, "list")).contains("pi", "Succeeded");
    assertThat(run(cluster, applications, out, "status", "pi"))
        .contains("Executors:", "20 of 20 tasks", "exit code 0");
    assertThat(run(cluster, applications, out, "logs", "pi")).contains("Pi is roughly 3.1");
    assertThat(run(cluster, applications, out, "explain", "pi")).contains("pi succeeded");
  }

  private static String run(Cluster cluster, Applications applications, Path out, String... words)
      throws IOException, InterruptedException {
    Process process = command(cluster, applications, out, words).start();
    try {
      assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(out)).isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder command(
      Cluster cluster, Applications applications, Path out, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Home.of("sparkapp").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "-n",
            applications.namespace(),
            "--kubeconfig",
            cluster.node().kubeconfig().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    // The build has built it already.
    builder.environment().put("SPARKAPP_NO_BUILD", "1");
    return builder;
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
