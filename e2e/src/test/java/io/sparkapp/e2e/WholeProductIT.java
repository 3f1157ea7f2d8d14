package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole product as a user has it: the command, a local cluster, real Spark. */
class WholeProductIT {

  @RegisterExtension static final OwnLocalCluster local = OwnLocalCluster.withPySpark();
  @TempDir private Path scratch;

  @Test
  void runsPi() throws Exception {
    Result run = local.run("pi.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("Pi is roughly 3.1");
    assertThat(run.all()).contains("Succeeded");
  }

  @Test
  void countsTheWordsThatAreThere() throws Exception {
    Result run = local.run("wordcount.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    Map<String, Long> counted = WordCounts.without(local.installation().root());
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
    Result run = local.run("sql.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.all()).contains("Succeeded");
  }

  @Test
  void aggregatesInPython() throws Exception {
    local.assumePySpark();
    Result run = local.run("python.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out().lines()).containsSubsequence(Flights.aggregated(300_000));
    Result pandas = local.installation().pandas("flights_by_pandas.py", "300000");
    assertThat(pandas.exitCode()).as(pandas.all()).isZero();
    assertThat(pandas.out().lines()).containsExactlyElementsOf(Flights.aggregated(300_000));
  }

  @Test
  void whatPythonRaisesIsTheReason() throws Exception {
    local.assumePySpark();
    String spec =
        ExampleProgram.manifest("raiser", "X", List.of(), 1)
            .replaceFirst(
                "(?s)jar: .*?class: \\S+", "python: local:///opt/sparkapp/examples/raising.py");
    Result run =
        local
            .installation()
            .sparkapp("run", Files.writeString(scratch.resolve("raiser.yaml"), spec).toString());

    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(local.app("raiser").getStatus().message())
        .isEqualTo("The application raised ZeroDivisionError: division by zero.");
    assertThat(local.app("raiser").getStatus().driver().exitCode()).isEqualTo(1);
    assertThat(local.app("raiser").getStatus().driver().log())
        .startsWith("Traceback (most recent call last):")
        .endsWith("ZeroDivisionError: division by zero");
  }

  @Test
  void executorsComeAndGoWithTheWorkAndTakeNothingWithThem() throws Exception {
    Result run = local.run("dynamic-allocation.yaml");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("first wave: 40 with [34] executors")
        .contains("at rest: 1 executors")
        .contains("second wave: 40")
        .contains("computed again: 0");
    assertThat(local.app("dynamic-allocation").getStatus().executors().failed()).isZero();
  }

  @Test
  void aMissingClassFailsWithASentenceThatNamesIt() throws Exception {
    Result run = local.run("broken-class.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.all()).contains("Failed").contains("is not in").doesNotContain("\tat ");
    SparkApp app = local.app("broken-class");
    assertThat(app.getStatus().driver().exitCode()).isEqualTo(13);
    assertThat(run.all()).contains(app.getStatus().message());
    assertThat(local.events("broken-class")).contains("Failed: " + app.getStatus().message());
  }

  @Test
  void anImageThatIsNotThereFailsLongBeforeADriverIsGivenUp() throws Exception {
    long started = System.nanoTime();
    Result run = local.run("broken-image.yaml");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.all()).contains("can not be pulled");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(120));
    assertThat(local.app("broken-image").getStatus().message()).contains("can not be pulled");
  }

  @Test
  void aDriverThatThrowsOrExitsFailsWithItsReason() throws Exception {
    Result thrown = run("thrower", "Throwing", List.of(), 1);
    assertThat(thrown.exitCode()).isEqualTo(1);
    assertThat(local.app("thrower").getStatus().driver().exitCode()).isEqualTo(15);
    assertThat(local.app("thrower").getStatus().message()).contains("Exception");

    Result exited = run("exiter", "Exiting", List.of("3"), 1);
    assertThat(exited.exitCode()).isEqualTo(1);
    assertThat(local.app("exiter").getStatus().driver().exitCode()).isEqualTo(3);
  }

  @Test
  void kubectlDoesWhatAKubernetesUserExpects() throws Exception {
    Path file = file("by-hand", "SlowCount", List.of("200", "500"), 1);
    assertThat(local.installation().kubectl("apply", "-f", file.toString()).out())
        .contains("sparkapp.sparkapp.io/by-hand created");
    local.awaitTasks("by-hand");

    assertThat(local.installation().kubectl("get", "sparkapps").out())
        .contains("PHASE", "PROGRESS", "EXECUTORS", "QUEUE", "AGE")
        .containsPattern("by-hand +Running +\\d+% +1/1 +default");
    assertThat(local.installation().kubectl("get", "nodes").out()).contains(" Ready ");
    assertThat(local.installation().kubectl("describe", "sparkapp", "by-hand").out())
        .contains("DriverRunning", "Started", "Created the driver and");
    assertThat(local.installation().kubectl("logs", "by-hand-1-driver").exitCode()).isZero();

    assertThat(local.installation().kubectl("delete", "sparkapp", "by-hand").exitCode()).isZero();
    await()
        .atMost(OwnLocalCluster.SOON)
        .untilAsserted(
            () -> {
              assertThat(local.installation().processesOf("by-hand-1")).isEmpty();
              assertThat(
                      local
                          .client()
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
    run("asker", "Pi", List.of("2"), 1);
    String driver = "system:serviceaccount:default:sparkapp-driver";

    Result pods = local.installation().kubectl("auth", "can-i", "create", "pods", "--as", driver);
    assertThat(pods.out().strip()).isEqualTo("no");
    assertThat(
            local
                .installation()
                .kubectl("auth", "can-i", "get", "secrets", "--as", driver)
                .out()
                .strip())
        .isEqualTo("no");
    assertThat(
            local
                .installation()
                .kubectl("auth", "can-i", "patch", "executorrequests.sparkapp.io", "--as", driver)
                .out()
                .strip())
        .isEqualTo("yes");
  }

  @Test
  void thePageIsServedToThisMachineAndItsLinkSignsIn() throws Exception {
    String address =
        matching("# Its page: (http://127\\.0\\.0\\.1:[0-9]+/) ", local.said("local", "up"));
    String link = local.said("local", "page").strip();
    assertThat(local.said("local", "status")).contains(address);

    assertThat(link).startsWith(address + "login#");
    String token = link.substring(link.indexOf('#') + 1);
    try (KubernetesClient anyone =
        new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
      await()
          .atMost(OwnLocalCluster.SOON)
          .ignoreExceptions()
          .until(() -> status(anyone, address + "api/applications", "") == 401);
      assertThat(status(anyone, address + "api/applications", token)).isEqualTo(200);
      assertThat(status(anyone, address + "api/queues", token)).isEqualTo(200);
    }
  }

  private static int status(KubernetesClient client, String address, String token)
      throws Exception {
    return client
        .getHttpClient()
        .sendAsync(
            client
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(address)
                .header("Authorization", "Bearer " + token)
                .build(),
            String.class)
        .get(10, TimeUnit.SECONDS)
        .code();
  }

  private static String matching(String regex, String text) {
    Matcher found = Pattern.compile(regex).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
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
                ExampleProgram.manifest("lots", "Pi", List.of(), 1)
                    .replaceFirst("memory: 1g", "memory: lots"),
                "unknown.yaml",
                ExampleProgram.manifest("unknown", "Pi", List.of(), 1) + "  nonsense: 1\n",
                "negative.yaml",
                ExampleProgram.manifest("negative", "Pi", List.of(), -1))
            .entrySet()) {
      Path file = Files.writeString(scratch.resolve(bad.getKey()), bad.getValue());
      Result run = local.installation().sparkapp("run", file.toString());
      assertThat(run.exitCode()).as(bad.getKey() + ": " + run.all()).isEqualTo(2);
      assertThat(run.err().strip().lines()).as(bad.getKey()).hasSize(1);
      assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }
    assertThat(local.installation().sparkapp("run", "nowhere.yaml").exitCode()).isEqualTo(2);
  }

  private Result run(String name, String mainClass, List<String> args, int executors)
      throws Exception {
    return local.installation().sparkapp("run", file(name, mainClass, args, executors).toString());
  }

  private Path file(String name, String mainClass, List<String> args, int executors)
      throws Exception {
    return Files.writeString(
        scratch.resolve(name + ".yaml"), ExampleProgram.manifest(name, mainClass, args, executors));
  }
}
