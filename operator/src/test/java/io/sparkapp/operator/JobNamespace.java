package io.sparkapp.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A namespace with applications, on an API server without kubelets and controllers: what those do,
 * tests do.
 *
 * @param admin may do everything
 * @param namespace its name
 */
record JobNamespace(KubernetesClient admin, String namespace) {

  static JobNamespace create(KubernetesClient admin, String namespace) {
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
    return new JobNamespace(admin, namespace);
  }

  static final String MAIN =
      "spec:\n  main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}\n";

  void createStrictly(String spec) {
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

  void create(String name, int executors) {
    admin.resource(sparkApp(name, executors)).create();
  }

  /** With these lines of its spec besides what every application has. */
  void createWith(String name, String lines) {
    admin.resource(sparkApp(name, lines)).create();
  }

  SparkApp sparkApp(String name, int executors) {
    return sparkApp(name, "  executor: {instances: " + executors + "}\n");
  }

  private SparkApp sparkApp(String name, String lines) {
    return Serialization.unmarshal(
        "apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\nmetadata: {name: "
            + name
            + ", namespace: "
            + namespace
            + "}\n"
            + MAIN
            + lines,
        SparkApp.class);
  }

  SparkApp app(String name) {
    return admin.resources(SparkApp.class).inNamespace(namespace).withName(name).get();
  }

  /** What its status says, {@link SparkAppStatus#NONE} before the operator's first word. */
  SparkAppStatus status(String name) {
    return Optional.ofNullable(app(name)).map(SparkApp::getStatus).orElse(SparkAppStatus.NONE);
  }

  ExecutorRequest request(String name) {
    return admin.resources(ExecutorRequest.class).inNamespace(namespace).withName(name).get();
  }

  Pod pod(String name) {
    return admin.pods().inNamespace(namespace).withName(name).get();
  }

  /** The pod of the first attempt's driver, as an operator would make it. */
  void createDriver(String app) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(app + "-1-driver")
            .withNamespace(namespace)
            .withLabels(
                Map.of(
                    "app.kubernetes.io/managed-by", "sparkapp-operator",
                    "sparkapp.io/app", app,
                    "sparkapp.io/attempt", "1",
                    "sparkapp.io/role", "driver"))
            .addNewOwnerReference()
            .withApiVersion("sparkapp.io/v1alpha1")
            .withKind("SparkApp")
            .withName(app)
            .withUid(app(app).getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("driver")
            .withImage("i")
            .endContainer()
            .endSpec()
            .build();
    admin.resource(pod).create();
  }

  /** One that is nobody's business. */
  void createPod(String name) {
    admin
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  List<Pod> pods(String app) {
    return admin.pods().inNamespace(namespace).withLabel("sparkapp.io/app", app).list().getItems();
  }

  List<String> names(String app) {
    return sorted(app, pod -> pod.getMetadata().getName());
  }

  List<String> uids(String app) {
    return sorted(app, pod -> pod.getMetadata().getUid());
  }

  private List<String> sorted(String app, Function<Pod, String> field) {
    return pods(app).stream().map(field).sorted().toList();
  }

  List<String> events(String app) {
    return admin.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> app.equals(event.getInvolvedObject().getName()))
        .map(Event::getReason)
        .toList();
  }

  void runs(String pod, String container, String ip) {
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

  void ends(String pod, String container, int exitCode, String reason) {
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
        .until(
            () ->
                admin
                        .pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .editStatus(current -> change.apply(new PodBuilder(current)).build())
                    != null);
  }
}
