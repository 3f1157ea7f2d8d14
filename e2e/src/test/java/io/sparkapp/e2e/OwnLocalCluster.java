package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A local cluster of a test class' own, up while its tests run, and what a user sees there in
 * namespace {@code default}. Of a test that fails the operator's log is kept.
 */
final class OwnLocalCluster
    implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {

  static final Duration SOON = Duration.ofMinutes(3);

  /** Longer than any application here takes on a busy machine. */
  private static final Duration LONGEST = Duration.ofMinutes(8);

  private static final String NAMESPACE = "default";
  private static final Path KEPT =
      Path.of(System.getProperty("sparkapp.home"), "e2e/target/it-diagnosis");

  private final Map<String, String> environment;
  private final boolean python;
  private Result pySpark;
  private Path state;
  private LocalInstallation installation;
  private KubernetesClient client;

  /**
   * @param environment what the command that brings it up has besides
   */
  OwnLocalCluster(Map<String, String> environment) {
    this(environment, false);
  }

  OwnLocalCluster() {
    this(Map.of(), false);
  }

  private OwnLocalCluster(Map<String, String> environment, boolean python) {
    this.environment = environment;
    this.python = python;
  }

  /** One whose images have PySpark. */
  static OwnLocalCluster withPySpark() {
    return new OwnLocalCluster(Map.of(), true);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    state = Files.createTempDirectory("local-cluster");
    installation = new LocalInstallation(state, environment);
    pySpark = python ? installation.fetchPySpark() : null;
    Result up = installation.sparkapp("local", "up");
    assertThat(up.exitCode()).as(up.all()).isZero();
    client = installation.client();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      Files.createDirectories(KEPT);
      Files.copy(
          state.resolve("logs/operator.log"),
          KEPT.resolve(
              "%s.%s.operator.log"
                  .formatted(
                      context.getRequiredTestClass().getSimpleName(),
                      context.getRequiredTestMethod().getName())),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (client != null) {
      client.close();
      Result down = installation.sparkapp("local", "down");
      assertThat(down.exitCode()).as(down.all()).isZero();
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Skips the test where there is no pip, and so no PySpark; on CI there is. */
  void assumePySpark() {
    assumeTrue(pySpark.exitCode() == 0 || Boolean.parseBoolean(System.getenv("CI")), pySpark.err());
    assertThat(pySpark.exitCode()).as(pySpark.all()).isZero();
  }

  LocalInstallation installation() {
    return installation;
  }

  KubernetesClient client() {
    return client;
  }

  Path kubeconfig() {
    return state.resolve("kubeconfig");
  }

  /** What a command that goes well prints. */
  String said(String... arguments) throws Exception {
    Result result = installation.sparkapp(arguments);
    assertThat(result.exitCode()).as(result.all()).isZero();
    return result.out();
  }

  /** Runs {@code sparkapp run} with one of the project's examples. */
  Result run(String example) throws Exception {
    return installation.sparkapp("run", installation.example(example).toString());
  }

  void apply(Path file) throws Exception {
    Result applied = installation.kubectl("apply", "-f", file.toString());
    assertThat(applied.exitCode()).as(applied.all()).isZero();
  }

  /** Merges a change into an application, as a user does by kubectl. */
  void patch(String name, String change) throws Exception {
    Result patched =
        installation.kubectl("patch", "sparkapp", name, "--type", "merge", "-p", change);
    assertThat(patched.exitCode()).as(patched.all()).isZero();
  }

  /** Null when there is none. */
  SparkApp app(String name) {
    return client.resources(SparkApp.class).inNamespace(NAMESPACE).withName(name).get();
  }

  List<SparkApp> apps() {
    return client.resources(SparkApp.class).inNamespace(NAMESPACE).list().getItems();
  }

  /** {@link SparkAppStatus#NONE} until there is one. */
  SparkAppStatus status(String name) {
    SparkApp app = app(name);
    return app == null || app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** Null until it has one. */
  Phase phase(String name) {
    return status(name).phase();
  }

  /** Null when there is none. */
  Pod pod(String name) {
    return client.pods().inNamespace(NAMESPACE).withName(name).get();
  }

  List<Pod> pods(String app) {
    return client.pods().inNamespace(NAMESPACE).withLabel("sparkapp.io/app", app).list().getItems();
  }

  /** Reason and message of each event about an object. */
  List<String> events(String name) {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  void awaitStatus(String name, Predicate<SparkAppStatus> condition) {
    await().atMost(SOON).until(() -> status(name), condition);
  }

  void awaitPhase(String name, Phase phase) {
    await().atMost(SOON).until(() -> phase(name), phase::equals);
  }

  void awaitTasks(String name) {
    await().atMost(SOON).until(() -> status(name), OwnLocalCluster::hasDoneTasks);
  }

  SparkAppStatus awaitEnd(String name) {
    return await().atMost(LONGEST).until(() -> status(name), OwnLocalCluster::hasEnded);
  }

  static boolean hasEnded(SparkAppStatus status) {
    return status.phase() != null && status.phase().isTerminal();
  }

  static boolean hasDoneTasks(SparkAppStatus status) {
    return status.progress() != null
        && status.progress().tasks() != null
        && status.progress().tasks().done() > 0;
  }

  /** Running of asked for, such as {@code 2/4}; null until executors are asked for. */
  static String executors(SparkAppStatus status) {
    return status.executors() == null ? null : status.executors().summary();
  }
}
