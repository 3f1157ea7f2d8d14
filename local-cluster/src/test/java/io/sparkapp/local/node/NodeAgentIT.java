package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs pods on the node agent, with a real API server. */
class NodeAgentIT {
  @TempDir static Path directory;
  private static TestNode node;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(directory);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aPodThatPrintsAndExitsSucceedsAndItsLogIsServed() {
    node.create(
        TestNode.shell(
            "prints", "cat /opt/tool/greeting; echo \"I am $POD at $IP\"; echo oops >&2"));

    Pod ended = node.awaitPod("prints", pod -> phase(pod).equals("Succeeded"));

    ContainerStateTerminated end = terminated(ended);
    assertThat(end.getReason()).isEqualTo("Completed");
    assertThat(end.getExitCode()).isZero();
    assertThat(ended.getStatus().getPodIP()).startsWith("127.").isNotEqualTo("127.0.0.1");
    assertThat(node.admin().pods().inNamespace("default").withName("prints").getLog())
        .isEqualTo(
            "hello from the image\nI am prints at %s\noops\n"
                .formatted(ended.getStatus().getPodIP()));
    assertThat(
            node.admin()
                .pods()
                .inNamespace("default")
                .withName("prints")
                .usingTimestamps()
                .tailingLines(1)
                .getLog())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z oops\\n");
    await()
        .atMost(TestNode.SOON)
        .until(
            () ->
                node.eventReasons("prints")
                    .containsAll(List.of("Scheduled", "Pulled", "Created", "Started")));
  }

  @Test
  void aPodThatExitsWithACodeFailsWithItAndItsLastWords() {
    node.create(TestNode.shell("fails", "echo 'no more disk' > /dev/termination-log; exit 3"));

    ContainerStateTerminated end =
        terminated(node.awaitPod("fails", pod -> phase(pod).equals("Failed")));

    assertThat(end.getExitCode()).isEqualTo(3);
    assertThat(end.getReason()).isEqualTo("Error");
    assertThat(end.getMessage()).isEqualTo("no more disk\n");
  }

  @Test
  void aRunningPodIsReadyAndItsLogCanBeFollowedToTheEnd() {
    node.create(
        TestNode.shell(
            "follows",
            "echo one; while [ ! -s /etc/pod/go ]; do sleep 0.05; done; echo two; cat /etc/pod/go"));
    Pod running = node.awaitPod("follows", pod -> phase(pod).equals("Running"));
    assertThat(running.getStatus().getConditions())
        .filteredOn(condition -> condition.getStatus().equals("True"))
        .extracting(PodCondition::getType)
        .contains("PodScheduled", "Initialized", "ContainersReady", "Ready");

    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    try (LogWatch watch =
        node.admin().pods().inNamespace("default").withName("follows").watchLog(followed)) {
      assertThat(watch.getOutput()).isNull();
      await().atMost(TestNode.SOON).until(() -> text(followed).equals("one\n"));
      node.admin()
          .pods()
          .inNamespace("default")
          .withName("follows")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\":{\"annotations\":{\"test/go\":\"three\"}}}");
      await().atMost(TestNode.SOON).until(() -> text(followed).equals("one\ntwo\nthree"));
    }
    node.awaitPod("follows", pod -> phase(pod).equals("Succeeded"));
  }

  @Test
  void aPodGetsItsSecretWhichWaitsUntilThereIsOne() {
    Pod pod =
        new PodBuilder(TestNode.shell("secretive", "echo $WORD; cat /etc/words/word"))
            .editSpec()
            .editContainer(0)
            .addNewEnv()
            .withName("WORD")
            .withNewValueFrom()
            .withNewSecretKeyRef("word", "words", false)
            .endValueFrom()
            .endEnv()
            .addNewVolumeMount()
            .withName("words")
            .withMountPath("/etc/words")
            .endVolumeMount()
            .endContainer()
            .addNewVolume()
            .withName("words")
            .withNewSecret()
            .withSecretName("words")
            .endSecret()
            .endVolume()
            .endSpec()
            .build();
    node.create(pod);
    await()
        .atMost(TestNode.SOON)
        .until(() -> node.eventReasons("secretive").contains("FailedMount"));
    node.awaitPod("secretive", now -> waitingReason(now).equals("ContainerCreating"));

    node.admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("words")
                .endMetadata()
                .withData(
                    Map.of(
                        "word",
                        Base64.getEncoder()
                            .encodeToString("sesame".getBytes(StandardCharsets.UTF_8))))
                .build())
        .create();

    node.awaitPod("secretive", now -> phase(now).equals("Succeeded"));
    assertThat(node.admin().pods().inNamespace("default").withName("secretive").getLog())
        .isEqualTo("sesame\nsesame");
  }

  @Test
  void aPodsTokenIsGoodForTheApiServerAndForNothingMore() {
    node.create(
        TestNode.shell(
            "token",
            "test -s /var/run/secrets/kubernetes.io/serviceaccount/ca.crt"
                + " && cat /var/run/secrets/kubernetes.io/serviceaccount/token"));

    node.awaitPod("token", now -> phase(now).equals("Succeeded"));

    String token = node.admin().pods().inNamespace("default").withName("token").getLog();
    String claims =
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    assertThat(claims)
        .contains("system:serviceaccount:default:default")
        .contains("\"pod\":{\"name\":\"token\"");
  }

  @Test
  void anImageThatIsNotThereKeepsThePodPendingAndSaysWhichImagesAre() {
    Pod pod = TestNode.shell("imageless", "true");
    pod.getSpec().getContainers().get(0).setImage("no/such:1");
    node.create(pod);

    Pod waiting = node.awaitPod("imageless", now -> "ErrImageNeverPull".equals(waitingReason(now)));

    assertThat(phase(waiting)).isEqualTo("Pending");
    assertThat(
            waiting.getStatus().getContainerStatuses().get(0).getState().getWaiting().getMessage())
        .contains("image \"no/such:1\" is not on this node; it has: " + TestNode.IMAGE);
    await()
        .atMost(TestNode.SOON)
        .until(() -> node.eventReasons("imageless").contains("ErrImageNeverPull"));
    node.delete("imageless");
    await().atMost(TestNode.SOON).until(() -> node.get("imageless") == null);
  }

  @Test
  void aCommandThatIsNotThereFailsThePod() {
    Pod pod = TestNode.shell("commandless", "true");
    pod.getSpec().getContainers().get(0).setCommand(List.of("no-such-command"));
    node.create(pod);

    ContainerStateTerminated end =
        terminated(node.awaitPod("commandless", now -> phase(now).equals("Failed")));

    assertThat(end.getReason()).isEqualTo("StartError");
    assertThat(end.getMessage()).contains("\"no-such-command\": executable file not found");
  }

  @Test
  void aDeletedPodMayEndByItselfWithinTheGracePeriod() {
    node.create(
        TestNode.shell(
            "graceful", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
    node.awaitLog("graceful", "up");
    long pid = node.processOf("graceful");

    node.delete("graceful");

    await().atMost(TestNode.SOON).until(() -> node.get("graceful") == null);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aDeletedPodThatDoesNotEndIsKilledAfterTheGracePeriod() {
    node.create(TestNode.shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.05; done"));
    node.awaitLog("stubborn", "up");
    long pid = node.processOf("stubborn");
    long start = System.nanoTime();

    node.admin().pods().inNamespace("default").withName("stubborn").withGracePeriod(2).delete();

    await().atMost(TestNode.SOON).until(() -> node.get("stubborn") == null);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    await().atMost(TestNode.SOON).until(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void aForceDeletedPodLeavesNoProcess() {
    node.create(TestNode.shell("forced", "trap '' TERM; echo up; while :; do sleep 0.05; done"));
    node.awaitLog("forced", "up");
    long pid = node.processOf("forced");

    node.admin().pods().inNamespace("default").withName("forced").withGracePeriod(0).delete();

    await().atMost(TestNode.SOON).until(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void aContainerOverItsMemoryLimitIsKilledAsOutOfMemory() throws IOException {
    Path source = directory.resolve("Hungry.java");
    Files.writeString(
        source,
        """
        class Hungry {
          public static void main(String[] args) throws Exception {
            byte[][] kept = new byte[40][];
            for (int i = 0; i < kept.length; i++) {
              kept[i] = new byte[16 << 20];
              java.util.Arrays.fill(kept[i], (byte) 1);
            }
            System.out.println("fed " + kept.length);
            Thread.currentThread().join();
          }
        }
        """);
    Pod pod = TestNode.shell("hungry", "");
    var container = pod.getSpec().getContainers().get(0);
    container.setCommand(List.of("java"));
    container.setArgs(List.of("-Xmx1g", source.toString()));
    container.getResources().setLimits(Map.of("memory", new Quantity("256Mi")));
    container.getResources().setRequests(Map.of("memory", new Quantity("256Mi")));
    node.create(pod);

    ContainerStateTerminated end =
        terminated(node.awaitPod("hungry", now -> phase(now).equals("Failed")));

    assertThat(end.getReason()).isEqualTo("OOMKilled");
    assertThat(end.getExitCode()).isEqualTo(137);
  }

  @Test
  void aPodThatAsksForMoreThanTheNodeHasWaitsAndSaysWhy() {
    Pod pod = TestNode.shell("greedy", "true");
    pod.getSpec()
        .getContainers()
        .get(0)
        .getResources()
        .setRequests(Map.of("memory", new Quantity("10Ti")));
    node.create(pod);

    await()
        .atMost(TestNode.SOON)
        .until(() -> node.eventReasons("greedy").contains("FailedScheduling"));

    assertThat(node.get("greedy").getStatus().getConditions())
        .filteredOn(condition -> condition.getType().equals("PodScheduled"))
        .singleElement()
        .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("Unschedulable"))
        .satisfies(
            condition ->
                assertThat(condition.getMessage())
                    .isEqualTo("0/1 nodes are available: 1 Insufficient memory."));
  }

  @Test
  void aPodWhoseOwnerIsDeletedIsDeletedWithItsProcess() {
    var owner =
        node.admin()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("owner")
                    .endMetadata()
                    .build())
            .create();
    node.create(
        new PodBuilder(TestNode.shell("owned", "echo up; exec sleep 600"))
            .editMetadata()
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("Secret")
            .withName("owner")
            .withUid(owner.getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .build());
    node.awaitLog("owned", "up");
    long pid = node.processOf("owned");

    node.admin().resource(owner).delete();

    await().atMost(TestNode.SOON).until(() -> node.get("owned") == null);
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aDeletedNamespaceIsEmptiedAndGoes() {
    node.admin()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("passing").endMetadata().build())
        .create();
    await().atMost(TestNode.SOON).until(() -> node.hasAccount("passing"));
    Pod pod = TestNode.shell("stays", "echo up; exec sleep 600");
    pod.getMetadata().setNamespace("passing");
    node.admin().resource(pod).create();
    await()
        .atMost(TestNode.SOON)
        .until(
            () ->
                phase(node.admin().pods().inNamespace("passing").withName("stays").get())
                    .equals("Running"));

    node.admin().namespaces().withName("passing").delete();

    await()
        .atMost(TestNode.SOON)
        .until(() -> node.admin().namespaces().withName("passing").get() == null);
  }

  private static String phase(Pod pod) {
    return pod.getStatus().getPhase();
  }

  private static String waitingReason(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(status -> status.getState().getWaiting())
        .filter(waiting -> waiting != null)
        .map(waiting -> waiting.getReason())
        .findFirst()
        .orElse("");
  }

  private static ContainerStateTerminated terminated(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
