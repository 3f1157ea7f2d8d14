package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One application that was applied. */
record Application(KubernetesClient client, String namespace, String name) {

  private static final Duration LONG = Duration.ofMinutes(6);
  private static final Duration OFTEN = Duration.ofMillis(250);
  private static final int ENOUGH_OF_A_LOG = 60;

  /** Its status; of an application that nobody has looked at yet {@link SparkAppStatus#NONE}. */
  SparkAppStatus status() {
    SparkApp app = client.resources(SparkApp.class).inNamespace(namespace).withName(name).get();
    assertThat(app).as("SparkApp " + name).isNotNull();
    return app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Waits until it succeeded; fails as soon as it ended otherwise. */
  SparkAppStatus awaitSuccess() {
    SparkAppStatus end = awaitEnd();
    assertThat(end.phase()).as(() -> explain(end)).isEqualTo(Phase.Succeeded);
    return end;
  }

  /** Waits until it failed; fails as soon as it succeeded. */
  SparkAppStatus awaitFailure() {
    SparkAppStatus end = awaitEnd();
    assertThat(end.phase()).as(() -> explain(end)).isEqualTo(Phase.Failed);
    return end;
  }

  /** Waits until it ended, well or not. */
  SparkAppStatus awaitEnd() {
    return awaitStatus("ended", Application::isTerminal);
  }

  /** Waits until tasks have ended well; fails when the application ends before. */
  SparkAppStatus awaitTasks() {
    SparkAppStatus seen =
        awaitStatus("has run tasks", status -> isTerminal(status) || tasksDone(status) > 0);
    assertThat(isTerminal(seen)).as(() -> explain(seen)).isFalse();
    return seen;
  }

  /** Waits until its status says what is looked for. */
  SparkAppStatus awaitStatus(String what, Predicate<SparkAppStatus> condition) {
    return await(namespace + "/" + name + " " + what)
        .atMost(LONG)
        .pollInterval(OFTEN)
        .until(this::status, condition);
  }

  /** Waits until its message contains these words. */
  SparkAppStatus awaitMessage(String words) {
    return awaitStatus(
        "says: " + words, status -> status.message() != null && status.message().contains(words));
  }

  /** The driver's pod, if there is one. */
  Optional<Pod> driver() {
    return pods("driver").stream().findFirst();
  }

  /** The executors' pods, in the order of their ids. */
  List<Pod> executors() {
    return pods("executor").stream().sorted(Comparator.comparingInt(Application::id)).toList();
  }

  /** The executor with this id, once its container runs. */
  Pod executor(int id) {
    return await(namespace + "/" + name + "'s executor " + id + " runs")
        .pollInterval(OFTEN)
        .until(
            () -> executors().stream().filter(pod -> id(pod) == id).findFirst().orElseThrow(),
            pod -> "Running".equals(pod.getStatus().getPhase()));
  }

  static int id(Pod executor) {
    return Integer.parseInt(executor.getMetadata().getLabels().get("sparkapp.io/executor-id"));
  }

  /** Where the container of a pod runs, as {@code containerd://...}. */
  static String containerOf(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0).getContainerID();
  }

  /** What the driver has written so far. */
  String driverLog() {
    return log(status().applicationId() + "-driver");
  }

  String log(String pod) {
    return client.pods().inNamespace(namespace).withName(pod).getLog();
  }

  /** Events about the application, as {@code Reason: message}. */
  List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  static boolean isTerminal(SparkAppStatus status) {
    return status.phase() != null && status.phase().isTerminal();
  }

  private static int tasksDone(SparkAppStatus status) {
    return Optional.ofNullable(status.progress())
        .map(Progress::tasks)
        .map(Progress.TaskCount::done)
        .orElse(0);
  }

  private List<Pod> pods(String role) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(Map.of("sparkapp.io/app", name, "sparkapp.io/role", role))
        .list()
        .getItems();
  }

  private String explain(SparkAppStatus status) {
    String log;
    try {
      List<String> lines = driverLog().lines().toList();
      log =
          String.join(
              "\n", lines.subList(Math.max(0, lines.size() - ENOUGH_OF_A_LOG), lines.size()));
    } catch (KubernetesClientException e) {
      log = "no log: " + e.getMessage();
    }
    return name + " is " + status.phase() + ": " + status.message() + "\n" + log + "\n";
  }
}
