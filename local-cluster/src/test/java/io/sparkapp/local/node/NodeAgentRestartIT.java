package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds when the agent is restarted, approached by strangers, or owners are deleted. */
class NodeAgentRestartIT {
  @TempDir Path directory;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    node = TestNode.start(directory);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aRestartedAgentEndsWhatIsLeftAndNothingElseAndSaysSo() throws Exception {
    node.create(TestNode.shell("done", "echo finished"));
    node.awaitPhase("done", "Succeeded");
    for (String pod : new String[] {"left", "reused"}) {
      node.create(TestNode.shell(pod, "echo up; exec sleep 600"));
      node.awaitLog(pod, "up");
    }
    long closedPid = node.processOf("left");
    node.agent().close();
    assertThat(ProcessHandle.of(closedPid)).as("close ends all processes").isEmpty();

    Process left = new ProcessBuilder("sleep", "600").start();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          node.processRecord("left"), ProcessIdentity.of(left.toHandle()).orElseThrow().toText());
      Files.writeString(node.processRecord("reused"), stranger.pid() + " another birth");

      node.create(bound(TestNode.shell("deleted", "echo never")));
      node.delete("deleted");
      assertThat(node.get("deleted").getMetadata().getDeletionTimestamp()).isNotNull();

      node.startAgent();

      await().atMost(TestNode.SOON).until(() -> !left.isAlive());
      for (String name : new String[] {"left", "reused"}) {
        Pod pod = node.awaitPhase(name, "Failed");
        ContainerStateTerminated end =
            pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
        assertThat(end.getExitCode()).isEqualTo(137);
        assertThat(end.getReason()).isEqualTo("Error");
        assertThat(end.getMessage()).isEqualTo(PodRunner.INTERRUPTED);
        assertThat(pod.getStatus().getMessage()).isEqualTo(PodRunner.INTERRUPTED);
      }
      assertThat(stranger.isAlive()).isTrue();
      await().atMost(TestNode.SOON).until(() -> node.get("deleted") == null);
      assertThat(node.eventReasons("deleted")).doesNotContain("Started");
      assertThat(node.get("done").getStatus().getPhase()).isEqualTo("Succeeded");
      assertThat(node.log("done")).as("logs outlive the agent").isEqualTo("finished\n");
      node.create(TestNode.shell("after", "exit 0"));
      node.awaitPhase("after", "Succeeded");
    } finally {
      left.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void theAgentSpeaksToNobodyWithoutACertificateAndAnswersTheApiServerOnly() throws Exception {
    URI address = URI.create("https://127.0.0.1:" + node.agent().port() + "/healthz");
    HttpRequest request = HttpRequest.newBuilder(address).build();
    HttpClient nobody =
        HttpClient.newBuilder()
            .sslContext(TestTls.trusting(node.plane().certificates().serverCa()))
            .build();
    assertThatThrownBy(() -> nobody.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);

    Path pki = directory.resolve("plane/pki");
    HttpClient admin =
        HttpClient.newBuilder()
            .sslContext(
                TestTls.as(
                    pki.resolve("admin.crt"),
                    pki.resolve("admin.key"),
                    node.plane().certificates().serverCa()))
            .build();
    HttpResponse<String> answer = admin.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("This node agent answers the API server only.\n");
  }

  @Test
  void anOwnerDeletedInTheForegroundGoesAfterItsDependentsAndAnOrphanStays() {
    HasMetadata owner = secret("owner");
    node.create(
        ownedBy(
            owner, "slow", "trap 'sleep 3; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
    node.awaitLog("slow", "up");

    node.admin().resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

    assertThat(node.admin().resource(owner).get()).isNotNull();
    await().atMost(TestNode.SOON).until(() -> node.admin().resource(owner).get() == null);
    assertThat(node.get("slow")).isNull();

    HasMetadata parting = secret("parting");
    node.create(ownedBy(parting, "orphan", "echo up; exec sleep 600"));
    node.awaitLog("orphan", "up");
    node.admin().resource(parting).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
    await().atMost(TestNode.SOON).until(() -> node.admin().resource(parting).get() == null);
    Pod orphan = node.get("orphan");
    assertThat(orphan.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(orphan.getMetadata().getDeletionTimestamp()).isNull();
  }

  private static Pod bound(Pod pod) {
    pod.getSpec().setNodeName(TestNode.NAME);
    return pod;
  }

  private HasMetadata secret(String name) {
    return node.admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  private static Pod ownedBy(HasMetadata owner, String name, String script) {
    return new PodBuilder(TestNode.shell(name, script))
        .editMetadata()
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Secret")
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .build();
  }
}
