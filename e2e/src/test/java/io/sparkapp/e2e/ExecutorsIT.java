package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors are like, and how many, on a local cluster whose node has two accelerators. */
class ExecutorsIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path state;
  @TempDir Path scratch;

  private static LocalInstallation installation;
  private static KubernetesClient client;

  @BeforeAll
  static void bringTheClusterUp() throws Exception {
    installation =
        new LocalInstallation(state, Map.of("SPARKAPP_LOCAL_RESOURCES", "example.com/gpu=2"));
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
  void eachStageRunsOnExecutorsOfItsOwnSize() throws Exception {
    try (SeenPods pods = new SeenPods(client)) {
      Result run =
          installation.sparkapp("run", installation.example("resource-profiles.yaml").toString());

      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.out())
          .contains("3 times: prepared with 1 cpus, heap 1024m; trained with 2 cpus, heap 768m");
      assertThat(pods.limits("resource-profiles", "0")).containsEntry("memory", "1408Mi");
      assertThat(pods.limits("resource-profiles", "1")).containsEntry("memory", "1280Mi");
      assertThat(pods.requests("resource-profiles", "0")).containsEntry("cpu", "100m");
      assertThat(pods.requests("resource-profiles", "1")).containsEntry("cpu", "2");
    }
  }

  @Test
  void executorsOfAProfileGetItsAcceleratorsAndSparkFindsThem() throws Exception {
    String yaml =
        Files.readString(installation.example("resource-profiles.yaml"))
            .replace("name: resource-profiles", "name: accelerated")
            .replaceFirst(
                "(class: .*ResourceProfiles)",
                "$1\n    args: [example.com, gpu, /opt/sparkapp/examples/find-gpus]");
    Path file = Files.writeString(scratch.resolve("accelerated.yaml"), yaml);

    try (SeenPods pods = new SeenPods(client)) {
      Result run = installation.sparkapp("run", file.toString());

      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(run.out()).contains("trained with 2 cpus, heap 768m, gpu at 0");
      assertThat(pods.limits("accelerated", "1")).containsEntry("example.com/gpu", "1");
      assertThat(pods.limits("accelerated", "0")).doesNotContainKey("example.com/gpu");
    }
  }

  @Test
  void theNumberOfExecutorsFollowsWhatIsPatched() throws Exception {
    Path file =
        Files.writeString(
            scratch.resolve("resized.yaml"),
            """
            apiVersion: sparkapp.io/v1alpha1
            kind: SparkApp
            metadata: {name: resized}
            spec:
              main:
                jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
                class: io.sparkapp.examples.SlowCount
                args: ["60", "500"]
              driver: {cpuRequest: 100m}
              executor: {instances: 1, cpuRequest: 100m}
            """);
    installation.kubectl("apply", "-f", file.toString());
    awaitStatus("resized", status -> "1/1".equals(summary(status)));

    patch("{\"spec\":{\"executor\":{\"instances\":2}}}");
    awaitStatus("resized", status -> "2/2".equals(summary(status)));
    patch("{\"spec\":{\"executor\":{\"instances\":1}}}");
    awaitStatus("resized", status -> "1/1".equals(summary(status)));

    awaitStatus("resized", status -> status.phase().isTerminal());
    SparkAppStatus end = status("resized");
    assertThat(end.phase()).as(end.message()).isEqualTo(Phase.Succeeded);
    assertThat(end.executors().failed()).isZero();
    assertThat(installation.kubectl("logs", "resized-1-driver").out()).contains("count: 60");
  }

  private static void patch(String change) throws Exception {
    Result patched =
        installation.kubectl("patch", "sparkapp", "resized", "--type", "merge", "-p", change);
    assertThat(patched.exitCode()).as(patched.all()).isZero();
  }

  private static void awaitStatus(String app, Predicate<SparkAppStatus> condition) {
    await().atMost(SOON).until(() -> status(app), condition);
  }

  private static SparkAppStatus status(String app) {
    SparkAppStatus status =
        client.resources(SparkApp.class).inNamespace("default").withName(app).get().getStatus();
    return status == null ? SparkAppStatus.NONE : status;
  }

  private static String summary(SparkAppStatus status) {
    return status.executors() == null ? null : status.executors().summary();
  }

  /** Every pod that there was since it began to look. */
  private static final class SeenPods implements AutoCloseable {

    private final Map<String, Pod> pods = new ConcurrentSkipListMap<>();
    private final Watch watch;

    SeenPods(KubernetesClient client) {
      watch =
          client
              .pods()
              .inNamespace("default")
              .watch(
                  new Watcher<Pod>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                      pods.put(pod.getMetadata().getName(), pod);
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                      throw new IllegalStateException(cause);
                    }
                  });
    }

    Map<String, String> limits(String app, String profile) {
      return texts(
          executor(app, profile).getSpec().getContainers().get(0).getResources().getLimits());
    }

    Map<String, String> requests(String app, String profile) {
      return texts(
          executor(app, profile).getSpec().getContainers().get(0).getResources().getRequests());
    }

    private Pod executor(String app, String profile) {
      return pods.values().stream()
          .filter(pod -> app.equals(pod.getMetadata().getLabels().get("sparkapp.io/app")))
          .filter(pod -> profile.equals(pod.getMetadata().getLabels().get("sparkapp.io/profile")))
          .findFirst()
          .orElseThrow();
    }

    private static Map<String, String> texts(Map<String, Quantity> quantities) {
      Map<String, String> texts = new ConcurrentSkipListMap<>();
      quantities.forEach((name, quantity) -> texts.put(name, quantity.toString()));
      return texts;
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
