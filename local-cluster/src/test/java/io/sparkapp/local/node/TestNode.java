package io.sparkapp.local.node;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.controllers.ClusterControllers;
import io.sparkapp.local.controlplane.Certificates;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A control plane with controllers and one node, for tests. */
final class TestNode implements AutoCloseable {
  static final String IMAGE = "test/shell:1";
  static final Duration SOON = Duration.ofSeconds(60);
  static final String NAME = "test-node";

  private final Path directory;
  private final ControlPlane plane;
  private final KubernetesClient admin;
  private final KubernetesClient nodeClient;
  private final ClusterControllers controllers;
  private NodeAgent agent;

  private TestNode(Path directory) throws IOException {
    this.directory = directory;
    Path tool = Files.createDirectories(directory.resolve("layer/opt/tool"));
    Files.writeString(tool.resolve("greeting"), "hello from the image\n");
    this.plane = ControlPlane.start(ControlPlane.Options.in(directory.resolve("plane")));
    this.admin = plane.adminClient();
    this.nodeClient = ControlPlane.client(plane.nodeKubeconfig(NAME));
    this.controllers = ClusterControllers.start(admin, NAME, plane.certificates().serverCa());
  }

  static TestNode start(Path directory) throws IOException {
    TestNode node = new TestNode(directory);
    node.startAgent();
    await().atMost(SOON).until(() -> node.hasAccount("default"));
    return node;
  }

  void startAgent() throws IOException {
    Certificates certificates = plane.certificates();
    var serving = certificates.nodeServer(NAME);
    agent =
        NodeAgent.start(
            new NodeAgentOptions(
                nodeClient,
                NAME,
                directory.resolve("node"),
                Map.of(IMAGE, List.of(directory.resolve("layer"))),
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                0,
                serving.certificate(),
                serving.key(),
                certificates.clientCa(),
                Certificates.KUBELET_CLIENT_NAME,
                plane.endpoint(),
                certificates.serverCa()));
  }

  NodeAgent agent() {
    return agent;
  }

  KubernetesClient admin() {
    return admin;
  }

  ControlPlane plane() {
    return plane;
  }

  void create(Pod pod) {
    admin.resource(pod).create();
  }

  void delete(String pod) {
    admin.pods().inNamespace("default").withName(pod).delete();
  }

  /** The pod, or null. */
  Pod get(String pod) {
    return admin.pods().inNamespace("default").withName(pod).get();
  }

  String log(String pod) {
    return admin.pods().inNamespace("default").withName(pod).getLog();
  }

  boolean hasAccount(String namespace) {
    return admin.serviceAccounts().inNamespace(namespace).withName("default").get() != null;
  }

  Pod awaitPod(String name, Predicate<Pod> state) {
    return await().atMost(SOON).until(() -> get(name), state);
  }

  Pod awaitPhase(String name, String phase) {
    return awaitPod(name, pod -> phase.equals(pod.getStatus().getPhase()));
  }

  void awaitLog(String name, String text) {
    awaitPhase(name, "Running");
    await().atMost(SOON).until(() -> log(name), log -> log.contains(text));
  }

  /** Where the agent keeps which process a pod's container is. */
  Path processRecord(String pod) {
    return PodDirectory.of(directory.resolve("node/pods"), get(pod).getMetadata().getUid())
        .process("main");
  }

  long processOf(String pod) {
    try {
      return Long.parseLong(Files.readString(processRecord(pod)).split(" ")[0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  List<String> eventReasons(String pod) {
    return admin
        .v1()
        .events()
        .inNamespace("default")
        .withField("involvedObject.name", pod)
        .list()
        .getItems()
        .stream()
        .map(event -> event.getReason())
        .toList();
  }

  /** A pod that runs a shell script and knows its name, its address and annotation test/go. */
  static Pod shell(String name, String script) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(5L)
        .addNewContainer()
        .withName("main")
        .withImage(IMAGE)
        .withCommand("/bin/sh", "-c", script)
        .withNewResources()
        .endResources()
        .addNewEnv()
        .withName("POD")
        .withNewValueFrom()
        .withNewFieldRef("v1", "metadata.name")
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("IP")
        .withNewValueFrom()
        .withNewFieldRef("v1", "status.podIP")
        .endValueFrom()
        .endEnv()
        .addNewVolumeMount()
        .withName("pod")
        .withMountPath("/etc/pod")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("pod")
        .withNewDownwardAPI()
        .addNewItem()
        .withPath("go")
        .withNewFieldRef("v1", "metadata.annotations['test/go']")
        .endItem()
        .endDownwardAPI()
        .endVolume()
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    agent.close();
    controllers.close();
    nodeClient.close();
    admin.close();
    plane.close();
  }
}
