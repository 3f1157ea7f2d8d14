package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real API server; the test writes what the operator would. */
class CommandsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path state;

  private static ControlPlane plane;
  private static KubernetesClient admin;

  @BeforeAll
  static void bringUpAnApiServer() throws Exception {
    plane = ControlPlane.start(ControlPlane.Options.in(state));
    admin =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(plane.adminKubeconfig())))
            .build();
    for (String crd :
        List.of("sparkapps", "executorrequests", "scheduledsparkapps", "sparkqueues")) {
      String file = "/io/sparkapp/crds/" + crd + ".sparkapp.io-v1.yml";
      try (InputStream in = SparkApp.class.getResourceAsStream(file)) {
        admin.load(in).items().forEach(item -> admin.resource(item).create());
      }
    }
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                admin.resources(SparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(ScheduledSparkApp.class).inAnyNamespace().list() != null
                    && admin.resources(SparkQueue.class).list() != null);
  }

  @AfterAll
  static void takeItDown() {
    admin.close();
    plane.close();
  }

  @Test
  void listsSortsFiltersAndPrints() throws IOException {
    String jobs = namespace("lists");
    create(jobs, "flights", "{executor: {instances: 2}}", "{phase: Running, queue: default}");
    create(jobs, "delays", "{}", "{phase: Waiting, queue: default, place: 1}");
    create(jobs, "pi", "{}", "{phase: Succeeded, queue: default}");

    assertThat(sparkapp("list", "-n", jobs).out().lines().map(line -> line.split(" ")[0]))
        .containsExactly("NAME", "delays", "flights", "pi");
    assertThat(sparkapp("list", "-n", jobs, "--sort", "phase", "--reverse", "-o", "name").out())
        .isEqualTo(
            "sparkapp.sparkapp.io/pi\nsparkapp.sparkapp.io/flights\nsparkapp.sparkapp.io/delays\n");
    assertThat(sparkapp("list", "-n", jobs, "--phase", "waiting", "-o", "name").out())
        .isEqualTo("sparkapp.sparkapp.io/delays\n");
    assertThat(sparkapp("list", "-n", jobs, "f*", "-o", "name").out())
        .isEqualTo("sparkapp.sparkapp.io/flights\n");
    assertThat(sparkapp("list", "-A", "-l", "team=lists", "-o", "yaml").out())
        .contains("kind: List")
        .contains("name: flights")
        .doesNotContain("managedFields");
    assertThat(sparkapp("status", "flights", "-n", jobs, "-o", "json").out())
        .contains("\"instances\" : 2");
    Result none = sparkapp("list", "-n", "default");
    assertThat(none.exitCode()).isZero();
    assertThat(none.err()).contains("no such applications in namespace default");
  }

  @Test
  void moreThanOnePageIsReadToItsEnd() throws IOException {
    String many = namespace("many");
    IntStream.range(0, (int) ApplicationPages.PAGE + 7)
        .parallel()
        .forEach(i -> create(many, "app-" + i, "{}", null));

    assertThat(sparkapp("list", "-n", many, "-o", "name").out().lines())
        .hasSize((int) ApplicationPages.PAGE + 7)
        .doesNotHaveDuplicates();
  }

  @Test
  void aPlainLoginReadsAllPagesAndLeavesWhatGoesWrongToTheClient() {
    String many = namespace("plain");
    IntStream.range(0, (int) ApplicationPages.PAGE + 7)
        .parallel()
        .forEach(i -> create(many, "app-" + i, "{}", null));
    PlainReader reader =
        Kubeconfigs.plain(plane.adminKubeconfig(), null).flatMap(PlainReader::of).orElseThrow();
    String root = "/apis/sparkapp.io/v1alpha1/namespaces/plain/";

    assertThat(reader.items(root + "sparkapps", null))
        .hasValueSatisfying(items -> assertThat(items).hasSize((int) ApplicationPages.PAGE + 7));
    assertThat(reader.items(root + "sparkapps", "team=plain,a!=b").orElseThrow())
        .hasSize((int) ApplicationPages.PAGE + 7);
    assertThat(reader.items(root + "sparkapps", "team=other")).contains(List.of());
    assertThat(reader.items(root + "nothing", null)).isEmpty();
  }

  @Test
  void aWatchShowsWhatChangesAsLines() throws Exception {
    String jobs = namespace("watched");
    create(jobs, "flights", "{}", "{phase: Waiting, queue: default}");
    StringWriter out = new StringWriter();
    CompletableFuture<Integer> watch = background(out, "status", "flights", "-n", jobs, "--watch");

    await().atMost(SOON).until(() -> out.toString().contains("flights: Waiting"));
    report(jobs, "flights", "{phase: Running, message: stage 1 of 2}");
    await().atMost(SOON).until(() -> out.toString().contains("flights: Running: stage 1 of 2"));
    report(jobs, "flights", "{phase: Failed, message: It threw.}");

    assertThat(watch.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.FAILED.number());
    assertThat(out.toString()).contains("flights: Failed: It threw.");
  }

  @Test
  void killKeepsTheApplicationWithWhoKilledIt() throws Exception {
    String jobs = namespace("killed");
    create(jobs, "flights", "{}", "{phase: Running, queue: default}");
    StringWriter out = new StringWriter();
    CompletableFuture<Integer> kill =
        background(out, "kill", "flights", "-n", jobs, "--reason", "wrong input");

    await().atMost(SOON).until(() -> get(jobs, "flights").getSpec().kill() != null);
    String reason = get(jobs, "flights").getSpec().kill();
    assertThat(reason).startsWith("by request of ").endsWith(": wrong input.");
    report(jobs, "flights", "{phase: Failed, message: \"Killed: " + reason + "\"}");

    assertThat(kill.get(SOON.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(out.toString()).isEqualTo("flights has ended. Killed: " + reason + "\n");
    assertThat(sparkapp("kill", "flights", "-n", jobs).out())
        .isEqualTo("flights was over already: Failed.\n");
    assertThat(sparkapp("kill", "flights", "-n", jobs, "--delete").out())
        .isEqualTo("Deleted flights.\n");
    assertThat(get(jobs, "flights")).isNull();
  }

  @Test
  void suspendsAndResumes() throws Exception {
    String jobs = namespace("suspended");
    create(jobs, "flights", "{}", "{phase: Running, queue: default}");
    StringWriter out = new StringWriter();
    CompletableFuture<Integer> suspend = background(out, "suspend", "flights", "-n", jobs);

    await().atMost(SOON).until(() -> get(jobs, "flights").getSpec().suspend());
    report(jobs, "flights", "{phase: Suspended}");

    assertThat(suspend.get(SOON.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(out.toString()).contains("flights is suspended");
    assertThat(sparkapp("resume", "flights", "-n", jobs).exitCode()).isZero();
    assertThat(get(jobs, "flights").getSpec().suspend()).isFalse();
  }

  @Test
  void schedulesAreListedSuspendedAndRunByHand() throws IOException {
    String jobs = namespace("schedules");
    admin
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: sparkapp.io/v1alpha1
                kind: ScheduledSparkApp
                metadata: {name: nightly, namespace: %s}
                spec: {schedule: "0 2 * * *", template: {main: {jar: "local:///a.jar", class: A}}}
                """
                    .formatted(jobs),
                ScheduledSparkApp.class))
        .create();

    assertThat(sparkapp("scheduled", "suspend", "nightly", "-n", jobs).exitCode()).isZero();
    assertThat(sparkapp("scheduled", "-n", jobs).out())
        .containsPattern("nightly +0 2 \\* \\* \\* +Etc/UTC +yes");
    assertThat(sparkapp("scheduled", "run", "nightly", "-n", jobs).out())
        .containsPattern("Started nightly-manual-\\w{5};");
    assertThat(sparkapp("list", "nightly-manual-*", "-n", jobs, "-o", "name").out().lines())
        .hasSize(1);
    assertThat(sparkapp("scheduled", "run", "nigthly", "-n", jobs).err())
        .contains("Did you mean nightly?");
  }

  @Test
  void whatIsNotThereIsSaidWithTheNearestThatIs() throws IOException {
    String jobs = namespace("missing");
    create(jobs, "flights", "{}", "{phase: Waiting, queue: default, place: 1}");

    Result status = sparkapp("status", "fligths", "-n", jobs);
    assertThat(status.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(status.err())
        .isEqualTo("There is no application fligths in namespace missing. Did you mean flights?\n");
    assertThat(sparkapp("move", "flights", "nowhere", "-n", jobs).exitCode())
        .isEqualTo(ExitCode.NOT_FOUND.number());
    Result kill = sparkapp("kill", "nobody", "flights", "--wait", "0", "-n", jobs);
    assertThat(kill.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(get(jobs, "flights").getSpec().kill()).isNotNull();
    Result logs = sparkapp("logs", "flights", "-n", jobs);
    assertThat(logs.exitCode()).isEqualTo(ExitCode.FAILED.number());
    assertThat(logs.err()).contains("has not started yet");
    Result top = sparkapp("top", "-n", jobs);
    assertThat(top.exitCode()).isEqualTo(ExitCode.FAILED.number());
    assertThat(top.err()).contains("metrics server");
  }

  /** What a command printed and how it ended. */
  private record Result(int exitCode, String out, String err) {}

  private static Result sparkapp(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    return new Result(execute(out, err, words), out.toString(), err.toString());
  }

  private static CompletableFuture<Integer> background(StringWriter out, String... words) {
    return CompletableFuture.supplyAsync(() -> execute(out, new StringWriter(), words));
  }

  private static int execute(StringWriter out, StringWriter err, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--kubeconfig");
    all.add(plane.adminKubeconfig().toString());
    return Main.commandLine(words)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private static String namespace(String name) {
    admin
        .resource(
            new NamespaceBuilder()
                .withMetadata(new ObjectMetaBuilder().withName(name).build())
                .build())
        .create();
    return name;
  }

  private static void create(String namespace, String name, String spec, String status) {
    SparkApp app =
        Serialization.unmarshal(
            """
            apiVersion: sparkapp.io/v1alpha1
            kind: SparkApp
            metadata: {name: %s, namespace: %s, labels: {team: %s}}
            spec: %s
            """
                .formatted(
                    name,
                    namespace,
                    namespace,
                    spec.replaceFirst("[{]", "{main: {jar: \"local:///a.jar\", class: A}, ")),
            SparkApp.class);
    admin.resource(app).create();
    if (status != null) {
      report(namespace, name, status);
    }
  }

  /** As the operator does. */
  private static void report(String namespace, String name, String status) {
    SparkApp app = get(namespace, name);
    app.setStatus(Serialization.unmarshal("---\n" + status, SparkAppStatus.class));
    admin.resource(app).patchStatus();
  }

  private static SparkApp get(String namespace, String name) {
    return admin.resources(SparkApp.class).inNamespace(namespace).withName(name).get();
  }
}
