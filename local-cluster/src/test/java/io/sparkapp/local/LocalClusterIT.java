package io.sparkapp.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.ControlPlane;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The background process and its life, with a stand-in for the operator that only stays alive. */
class LocalClusterIT {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: things.example.com
      spec:
        group: example.com
        scope: Namespaced
        names: {kind: Thing, plural: things}
        versions:
        - name: v1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: made-by-manifest
      """;

  @TempDir Path directory;
  private LocalClusterClient cluster;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void chooseState() {
    cluster = new LocalClusterClient(state());
  }

  @AfterEach
  void endWhatIsLeft() {
    cluster.down();
  }

  @Test
  void runsInTheBackgroundUntilItIsEnded() throws Exception {
    RunningCluster running = cluster.up(options(), progress::add);
    List<ProcessHandle> processes = new ArrayList<>(records());
    processes.add(running.process().find().orElseThrow());

    assertThat(progress).anySatisfy(line -> assertThat(line).contains("kube-apiserver"));
    assertThat(cluster.status()).isEqualTo(new ClusterStatus.Running(running));
    assertThat(cluster.up(options(), progress::add)).as("the same again").isEqualTo(running);
    try (KubernetesClient client = ControlPlane.client(running.kubeconfig())) {
      assertThat(client.namespaces().withName("made-by-manifest").get()).isNotNull();
      assertThat(client.genericKubernetesResources("example.com/v1", "Thing").list().getItems())
          .isEmpty();
      assertThat(client.nodes().withName(LocalCluster.NODE_NAME).get()).isNotNull();
    }

    assertThat(cluster.down()).isTrue();
    assertThat(processes).hasSize(4).noneMatch(ProcessHandle::isAlive);
    assertThat(cluster.status()).isEqualTo(new ClusterStatus.Stopped());
    assertThat(cluster.down()).as("nothing to end any more").isFalse();
  }

  @Test
  void startsAKilledOperatorAgainWithItsOwnKubeconfig() {
    RunningCluster before = cluster.up(options(), progress::add);
    String hello = "operator of %s says hello".formatted(state().resolve("operator.kubeconfig"));
    Path log = state().resolve("logs/operator.log");
    await().untilAsserted(() -> assertThat(log).hasContent(hello));

    ProcessHandle.of(before.operatorPid().orElseThrow()).orElseThrow().destroyForcibly();

    await()
        .untilAsserted(
            () ->
                assertThat(cluster.running().orElseThrow().operatorPid())
                    .isNotEqualTo(before.operatorPid()));
    await().untilAsserted(() -> assertThat(log).hasContent("%1$s%n%1$s".formatted(hello)));
  }

  @Test
  void tellsWhereThePageIsWhichIsForThisMachineOnly() {
    LocalClusterOptions options =
        options(
            "echo page at $SPARKAPP_WEB_HOST:$SPARKAPP_WEB_PORT; exec sleep 600",
            Map.of("SPARKAPP_WEB_ENABLED", "true", "SPARKAPP_WEB_HOST", "0.0.0.0"));

    URI page = cluster.up(options, progress::add).page().orElseThrow();

    assertThat(page.toString()).matches("http://127\\.0\\.0\\.1:2[0-9]{4}/");
    assertThat(cluster.running().orElseThrow().page()).contains(page);
    await()
        .untilAsserted(
            () ->
                assertThat(state().resolve("logs/operator.log"))
                    .hasContent("page at 127.0.0.1:" + page.getPort()));
    cluster.down();
    assertThat(cluster.up(options, progress::add).page()).as("the same again").contains(page);
  }

  @Test
  void endsWhatAKilledBackgroundProcessLeftBehind() {
    RunningCluster running = cluster.up(options(), progress::add);
    List<ProcessHandle> left = records();
    ProcessHandle daemon = running.process().find().orElseThrow();

    daemon.destroyForcibly();
    daemon.onExit().join();

    assertThat(cluster.running()).isEmpty();
    assertThat(cluster.status())
        .isEqualTo(new ClusterStatus.LeftBehind(List.of("etcd", "kube-apiserver", "operator")));
    assertThat(cluster.down()).isTrue();
    assertThat(left).hasSize(3).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void comesBackWithItsDataAfterBeingKilled() {
    RunningCluster first = cluster.up(options(), progress::add);
    try (KubernetesClient client = ControlPlane.client(first.kubeconfig())) {
      client.namespaces().resource(namespace("kept")).create();
    }
    ProcessHandle daemon = first.process().find().orElseThrow();
    List<ProcessHandle> left = records();
    daemon.destroyForcibly();
    daemon.onExit().join();

    RunningCluster second = cluster.up(options(), progress::add);

    assertThat(left).hasSize(3).noneMatch(ProcessHandle::isAlive);
    assertThat(second.endpoint()).isEqualTo(first.endpoint());
    try (KubernetesClient client = ControlPlane.client(first.kubeconfig())) {
      assertThat(client.namespaces().withName("kept").get()).isNotNull();
    }
  }

  @Test
  void endsAsAWholeWhenItsApiServerDies() {
    cluster.up(options(), progress::add);
    ProcessHandle apiServer = ControlPlane.processRecords(state()).alive().get("kube-apiserver");
    List<ProcessHandle> all = records();

    assertThat(apiServer.destroyForcibly()).isTrue();

    await().until(() -> cluster.status().equals(new ClusterStatus.Stopped()));
    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(cluster.up(options(), progress::add)).isNotNull();
  }

  @Test
  void isTheOnlyOneInItsStateDirectory() {
    cluster.up(options(), progress::add);

    assertThatThrownBy(() -> LocalCluster.start(options(), progress::add))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("running or starting in " + state());
    assertThat(cluster.status()).isInstanceOf(ClusterStatus.Running.class);
  }

  @Test
  void saysInOneSentenceWhyItDoesNotStart() throws Exception {
    Path manifest =
        Files.writeString(
            directory.resolve("bad.yaml"),
            "kind: Namespace\napiVersion: v1\nmetadata: {name: Not_A_Name}\n");
    LocalClusterOptions bad =
        new LocalClusterOptions(
            state(),
            Optional.empty(),
            List.of(manifest),
            Map.of(),
            List.of(),
            Map.of(),
            Optional.empty());

    assertThatThrownBy(() -> cluster.up(bad, progress::add))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("refused the manifest " + manifest)
        .hasMessageContaining("Not_A_Name");
    await()
        .untilAsserted(() -> assertThat(cluster.status()).isEqualTo(new ClusterStatus.Stopped()));
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private Path state() {
    return directory.resolve("state");
  }

  private List<ProcessHandle> records() {
    return List.copyOf(ControlPlane.processRecords(state()).alive().values());
  }

  private LocalClusterOptions options() {
    return options(
        "echo operator of $KUBECONFIG says $WORD; exec sleep 600", Map.of("WORD", "hello"));
  }

  private LocalClusterOptions options(String operator, Map<String, String> environment) {
    try {
      Path manifest = Files.writeString(directory.resolve("manifest.yaml"), DEFINITION);
      return new LocalClusterOptions(
          state(),
          Optional.empty(),
          List.of(manifest),
          Map.of(),
          List.of("/bin/sh", "-c", operator),
          environment,
          Optional.empty());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
