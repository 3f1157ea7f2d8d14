package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneIT {
  @TempDir Path directory;

  @Test
  void keepsItsDataOverRestartsAndLeavesNoProcess() {
    List<ProcessHandle> processes;
    URI endpoint;
    try (ControlPlane plane = start();
        KubernetesClient client = plane.adminClient()) {
      client.resource(namespace("kept")).create();
      processes = List.copyOf(ControlPlane.processRecords(directory).alive().values());
      endpoint = plane.endpoint();
      assertThat(processes).hasSize(2);
      assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("34");
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);

    try (ControlPlane plane = start();
        KubernetesClient client = plane.adminClient()) {
      assertThat(client.namespaces().withName("kept").get()).isNotNull();
      assertThat(plane.endpoint()).as("a kubeconfig stays valid").isEqualTo(endpoint);
    }
  }

  @Test
  void endsWhatAKilledJvmLeftBehindAndNothingElse() {
    ControlPlane abandoned = start();
    Map<String, ProcessHandle> left = ControlPlane.processRecords(directory).alive();
    assertThat(left).containsOnlyKeys("etcd", "kube-apiserver");

    try (ControlPlane plane = start()) {
      assertThat(left.values()).noneMatch(ProcessHandle::isAlive);
      assertThat(plane.isAlive()).isTrue();
      assertThat(abandoned.isAlive()).isFalse();
    }
  }

  @Test
  void choosesAnotherPortWhenTheKeptOneIsTaken() throws IOException {
    URI first;
    try (ControlPlane plane = start()) {
      first = plane.endpoint();
    }
    try (ServerSocket squatter =
            new ServerSocket(first.getPort(), 1, InetAddress.getByName("127.0.0.1"));
        ControlPlane plane = start();
        KubernetesClient client = plane.adminClient()) {
      assertThat(plane.endpoint().getPort()).isNotEqualTo(squatter.getLocalPort());
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    }
  }

  @Test
  void answersNobodyWithoutACertificateAndGivesAUserOnlyWhatRbacGives() throws Exception {
    try (ControlPlane plane = start();
        KubernetesClient stranger = ControlPlane.client(plane.userKubeconfig("stranger"));
        KubernetesClient operator = ControlPlane.client(plane.operatorKubeconfig())) {
      assertThatThrownBy(() -> stranger.pods().inNamespace("default").list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("\"stranger\" cannot list resource \"pods\"");
      assertThatThrownBy(() -> operator.pods().inNamespace("default").list())
          .hasMessageContaining("\"sparkapp-operator\" cannot list resource \"pods\"");
      assertThatThrownBy(() -> statusWithoutCertificate(plane))
          .as("the JVM doesn't trust our authority")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void keepsKeysAndKubeconfigsFromOtherUsers() throws IOException {
    try (ControlPlane plane = start();
        Stream<Path> files = Files.walk(directory)) {
      assertThat(plane.adminKubeconfig()).exists();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      assertThat(
              files.filter(
                  file ->
                      file.toString().endsWith(".key") || file.toString().contains("kubeconfig")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void saysWhatTheLogSaysWhenAProcessDies() throws IOException {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String name : List.of("kube-apiserver", "etcd")) {
      Path program =
          Files.writeString(
              programs.resolve(name), "#!/bin/sh\necho broken " + name + "\nexit 7\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
    ControlPlane.Options options =
        new ControlPlane.Options(
            directory.resolve("state"),
            KubeBinaries.in(programs).orElseThrow(),
            line -> {},
            Duration.ofSeconds(30));

    assertThatThrownBy(() -> ControlPlane.start(options))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("broken kube-apiserver");
  }

  private ControlPlane start() {
    Instant began = Instant.now();
    ControlPlane plane = ControlPlane.start(ControlPlane.Options.in(directory));
    System.out.printf("ready after %d ms%n", Duration.between(began, Instant.now()).toMillis());
    return plane;
  }

  private static io.fabric8.kubernetes.api.model.Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static int statusWithoutCertificate(ControlPlane plane) throws IOException {
    return ((HttpURLConnection) plane.endpoint().resolve("/api").toURL().openConnection())
        .getResponseCode();
  }
}
