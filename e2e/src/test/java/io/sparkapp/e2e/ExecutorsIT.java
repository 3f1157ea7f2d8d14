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
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What executors are like, and how many, on a local cluster whose node has two accelerators. */
class ExecutorsIT {

  @TempDir Path scratch;

  @RegisterExtension
  static final OwnLocalCluster local =
      new OwnLocalCluster(Map.of("SPARKAPP_LOCAL_RESOURCES", "example.com/gpu=2"));

  @Test
  void eachStageRunsOnExecutorsOfItsOwnSize() throws Exception {
    try (SeenPods pods = new SeenPods(local.client())) {
      Result run = local.run("resource-profiles.yaml");

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
        Files.readString(local.installation().example("resource-profiles.yaml"))
            .replace("name: resource-profiles", "name: accelerated")
            .replaceFirst(
                "(class: .*ResourceProfiles)",
                "$1\n    args: [example.com, gpu, /opt/sparkapp/examples/find-gpus]");
    Path file = Files.writeString(scratch.resolve("accelerated.yaml"), yaml);

    try (SeenPods pods = new SeenPods(local.client())) {
      Result run = local.installation().sparkapp("run", file.toString());

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
                args: ["120", "500"]
              driver: {cpuRequest: 100m}
              executor: {instances: 1, cpuRequest: 100m}
            """);
    local.installation().kubectl("apply", "-f", file.toString());
    local.awaitStatus("resized", status -> "1/1".equals(OwnLocalCluster.executors(status)));

    local.patch("resized", "{\"spec\":{\"executor\":{\"instances\":2}}}");
    local.awaitStatus("resized", status -> "2/2".equals(OwnLocalCluster.executors(status)));
    local.patch("resized", "{\"spec\":{\"executor\":{\"instances\":1}}}");
    local.awaitStatus("resized", status -> "1/1".equals(OwnLocalCluster.executors(status)));

    SparkAppStatus end = local.awaitEnd("resized");
    assertThat(end.phase()).as(end.message()).isEqualTo(Phase.Succeeded);
    assertThat(end.executors().failed()).isZero();
    assertThat(local.installation().kubectl("logs", "resized-1-driver").out())
        .contains("count: 120");
  }

  /** Every pod that there was since it began to look. */
  private static final class SeenPods implements AutoCloseable {

    private final Map<String, Pod> pods = new ConcurrentSkipListMap<>();
    private final Watch watch;

    SeenPods(KubernetesClient client) {
      watch =
          local
              .client()
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

    /** A watch may be late. */
    private Pod executor(String app, String profile) {
      return await()
          .until(
              () ->
                  pods.values().stream()
                      .filter(
                          pod -> app.equals(pod.getMetadata().getLabels().get("sparkapp.io/app")))
                      .filter(
                          pod ->
                              profile.equals(
                                  pod.getMetadata().getLabels().get("sparkapp.io/profile")))
                      .findFirst()
                      .orElseThrow(),
              pod -> true);
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
