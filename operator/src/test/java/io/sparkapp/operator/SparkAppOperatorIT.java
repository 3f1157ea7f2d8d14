package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.local.controlplane.ControlPlane;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator against a real API server, with the rights that its ClusterRole gives it and no
 * more; the tests play the kubelet and the driver.
 */
class SparkAppOperatorIT {

  @TempDir static Path state;

  private static ControlPlane plane;
  private static KubernetesClient admin;

  private String namespace;
  private KubernetesClient operatorClient;
  private SparkAppOperator operator;

  @BeforeAll
  static void startApiServer() throws Exception {
    plane = ControlPlane.start(ControlPlane.Options.in(state));
    admin = new KubernetesClientBuilder().withConfig(adminConfig()).build();
    for (String crd : List.of("sparkapps", "executorrequests")) {
      apply(SparkApp.class.getResourceAsStream("/io/sparkapp/crds/" + crd + ".sparkapp.io-v1.yml"));
    }
    apply(SparkAppOperator.class.getResourceAsStream("rbac.yaml"));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> admin.resources(SparkApp.class).inAnyNamespace().list() != null);
  }

  @AfterAll
  static void stopApiServer() {
    admin.close();
    plane.close();
  }

  @BeforeEach
  void startOperator(TestInfo test) throws Exception {
    namespace = "t" + Integer.toHexString(test.getDisplayName().hashCode());
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    // The service account controller's part.
    admin
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
    start();
  }

  @AfterEach
  void stopOperator() {
    operator.close();
    operatorClient.close();
  }

  private void start() throws Exception {
    operatorClient =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(adminConfig())
                    .withImpersonateUsername("sparkapp-operator")
                    .build())
            .build();
    operator =
        SparkAppOperator.start(
            OperatorConfig.from(
                Map.of("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1", "SPARKAPP_ENDPOINTS_PORT", "0")),
            operatorClient,
            Clock.systemUTC(),
            () -> {});
  }

  @Test
  void takesAnApplicationFromApplyToSuccess() {
    create("flights", 2);
    await().until(() -> pods("flights").size() == 3);
    assertThat(request("flights-1").getStatus().lastExecutorId()).isEqualTo(2);
    assertThat(admin.secrets().inNamespace(namespace).withName("flights-1").get().getData())
        .containsKey("spark-authenticate-secret");

    runs("flights-1-driver", "driver", "10.0.0.9");
    await()
        .untilAsserted(
            () ->
                assertThat(pod("flights-1-exec-2").getMetadata().getAnnotations())
                    .containsEntry("sparkapp.io/driver-address", "10.0.0.9:7078"));
    runs("flights-1-exec-1", "executor", "10.0.0.10");
    runs("flights-1-exec-2", "executor", "10.0.0.11");
    await().until(() -> app("flights").getStatus().executors().summary().equals("2/2"));
    assertThat(app("flights").getStatus().phase()).isEqualTo(Phase.Running);

    ends("flights-1-driver", "driver", 0, "Completed");
    await().until(() -> app("flights").getStatus().phase() == Phase.Succeeded);
    await()
        .untilAsserted(
            () -> {
              assertThat(names("flights")).containsExactly("flights-1-driver");
              assertThat(request("flights-1")).isNull();
            });
    assertThat(events("flights"))
        .contains("Started", "DriverRunning", "Succeeded")
        .doesNotHaveDuplicates();
  }

  @Test
  void replacesAnExecutorThatDiedAndAnswersTheDriver() {
    create("flights", 1);
    await().until(() -> pods("flights").size() == 2);
    runs("flights-1-driver", "driver", "10.0.0.9");
    runs("flights-1-exec-1", "executor", "10.0.0.10");

    ends("flights-1-exec-1", "executor", 137, "Error");

    await().until(() -> names("flights").contains("flights-1-exec-2"));
    await()
        .untilAsserted(
            () ->
                assertThat(request("flights-1").getStatus().ended())
                    .singleElement()
                    .satisfies(
                        end -> {
                          assertThat(end.cause()).isEqualTo(EndCause.Killed);
                          assertThat(end.applicationAtFault()).isFalse();
                        }));
  }

  @Test
  void anOperatorThatIsReplacedInTheMiddleCreatesNothingTwice() throws Exception {
    create("flights", 2);
    await().until(() -> pods("flights").size() == 3);
    List<String> before = uids("flights");

    stopOperator();
    runs("flights-1-driver", "driver", "10.0.0.9");
    start();

    await().until(() -> app("flights").getStatus().phase() == Phase.Running);
    assertThat(uids("flights")).isEqualTo(before);
  }

  @Test
  void aPodTemplateThatTheApiServerRefusesFailsTheApplicationWithItsWords() {
    SparkApp app = sparkApp("flights", 1);
    String yaml =
        Serialization.asYaml(app)
            .replace("instances: 1", "instances: 1\n    template: {spec: {dnsPolicy: Sometimes}}");
    admin.resource(Serialization.unmarshal(yaml, SparkApp.class)).create();

    await()
        .untilAsserted(
            () -> {
              assertThat(app("flights").getStatus()).isNotNull();
              assertThat(app("flights").getStatus().phase()).isEqualTo(Phase.Failed);
            });
    assertThat(app("flights").getStatus().message()).contains("dnsPolicy").contains("Sometimes");
  }

  @Test
  void aSecretOfSomebodyElseWithOurNameFailsTheApplicationAndIsLeftAlone() {
    admin
        .resource(
            Serialization.unmarshal(
                "apiVersion: v1\nkind: Secret\nmetadata: {name: flights-1, namespace: "
                    + namespace
                    + "}\nstringData: {mine: x}\n",
                HasMetadata.class))
        .create();

    create("flights", 1);

    await()
        .until(
            () ->
                app("flights").getStatus() != null
                    && app("flights").getStatus().phase() == Phase.Failed);
    assertThat(app("flights").getStatus().message())
        .contains("Secret flights-1")
        .contains("does not belong to this application");
    assertThat(admin.secrets().inNamespace(namespace).withName("flights-1").get().getData())
        .containsOnlyKeys("mine");
  }

  @Test
  void waitsForWhatAnEarlierApplicationOfTheSameNameLeftToTheGarbageCollector() {
    create("flights", 1);
    await().until(() -> pods("flights").size() == 2);
    String driver = pod("flights-1-driver").getMetadata().getUid();
    admin.resource(app("flights")).delete();
    create("flights", 1);

    // In this order: what the new application makes meanwhile is not touched.
    admin.secrets().inNamespace(namespace).delete();
    admin.resources(ExecutorRequest.class).inNamespace(namespace).delete();
    admin.pods().inNamespace(namespace).withGracePeriod(0).delete();

    // The operator's longest pause between two tries is 10 s.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(pod("flights-1-driver")).isNotNull();
              assertThat(pod("flights-1-driver").getMetadata().getUid()).isNotEqualTo(driver);
              assertThat(app("flights").getStatus().phase()).isEqualTo(Phase.Starting);
            });
  }

  @Test
  void theApiServerRefusesBadSpecsWithPlainSentences() {
    Map<String, String> bad =
        Map.of(
            "nonsense: 1", "spec.nonsense",
            "executor: {instances: -1}", "spec.executor.instances",
            "executor: {memory: lots}", "memory is written as Spark does (512m, 2g)",
            "sparkConf: {spark.master: local}", "the operator sets spark.master",
            "sparkConf: {spark.executor.memory: 1g}", "fields of spec.executor",
            "placement: Nowhere", "spec.placement");
    bad.forEach(
        (line, sentence) ->
            assertThatThrownBy(() -> createStrictly(MAIN + "  " + line + "\n"))
                .as(line)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(sentence));
    assertThatThrownBy(() -> createStrictly("spec: {}\n")).hasMessageContaining("spec.main");
  }

  @Test
  void theSpecOfAnApplicationCanNotBeChanged() {
    create("flights", 1);
    SparkApp more = app("flights");
    more.setSpec(sparkApp("flights", 2).getSpec());
    assertThatThrownBy(() -> admin.resource(more).update())
        .hasMessageContaining("delete it and apply it again");
  }

  @Test
  void servesHealthReadinessAndMetrics() throws Exception {
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.port() + path))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains(path.equals("/metrics") ? "operator_sdk" : "ok");
    }
  }

  private static final String MAIN =
      "spec:\n  main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";

  private void createStrictly(String spec) {
    String yaml =
        "apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\nmetadata: {name: bad, namespace: "
            + namespace
            + "}\n"
            + spec;
    var generic =
        Serialization.unmarshal(
            yaml, io.fabric8.kubernetes.api.model.GenericKubernetesResource.class);
    admin.resource(generic).fieldValidation(FieldValidateable.Validation.STRICT).create();
  }

  private void create(String name, int executors) {
    admin.resource(sparkApp(name, executors)).create();
  }

  private SparkApp sparkApp(String name, int executors) {
    return Serialization.unmarshal(
        "apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\nmetadata: {name: "
            + name
            + ", namespace: "
            + namespace
            + "}\n"
            + MAIN
            + "  executor: {instances: "
            + executors
            + "}\n",
        SparkApp.class);
  }

  private SparkApp app(String name) {
    return admin.resources(SparkApp.class).inNamespace(namespace).withName(name).get();
  }

  private ExecutorRequest request(String name) {
    return admin.resources(ExecutorRequest.class).inNamespace(namespace).withName(name).get();
  }

  private Pod pod(String name) {
    return admin.pods().inNamespace(namespace).withName(name).get();
  }

  private List<Pod> pods(String app) {
    return admin.pods().inNamespace(namespace).withLabel("sparkapp.io/app", app).list().getItems();
  }

  private List<String> names(String app) {
    return sorted(app, pod -> pod.getMetadata().getName());
  }

  private List<String> uids(String app) {
    return sorted(app, pod -> pod.getMetadata().getUid());
  }

  private List<String> sorted(String app, Function<Pod, String> field) {
    return pods(app).stream().map(field).sorted().toList();
  }

  private List<String> events(String app) {
    return admin.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> app.equals(event.getInvolvedObject().getName()))
        .map(Event::getReason)
        .toList();
  }

  private void runs(String pod, String container, String ip) {
    status(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withImage("i")
                        .withImageID("i")
                        .withReady(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build())
                .endStatus());
  }

  private void ends(String pod, String container, int exitCode, String reason) {
    status(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withImage("i")
                        .withImageID("i")
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(reason)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
  }

  private void status(String pod, Function<PodBuilder, PodBuilder> change) {
    // The operator annotates pods at the same time: a conflict is tried again, as a kubelet does.
    await()
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () ->
                admin
                        .pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .editStatus(current -> change.apply(new PodBuilder(current)).build())
                    != null);
  }

  private static Config adminConfig() throws Exception {
    return Config.fromKubeconfig(Files.readString(plane.adminKubeconfig()));
  }

  private static void apply(java.io.InputStream manifest) {
    admin.load(manifest).items().forEach(item -> admin.resource(item).create());
  }
}
