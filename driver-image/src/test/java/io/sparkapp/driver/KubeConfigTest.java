package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeConfigTest {

  private static final String TWO_CONTEXTS =
      """
      apiVersion: v1
      kind: Config
      current-context: here
      contexts:
      - {name: here, context: {cluster: near, user: alice, namespace: jobs}}
      - {name: there, context: {cluster: far, user: bob}}
      clusters:
      - {name: near, cluster: {server: "https://127.0.0.1:6443", certificate-authority: ca.crt}}
      - {name: far, cluster: {server: "https://far.example.com/k8s", certificate-authority-data: Y2E=}}
      users:
      - {name: alice, user: {token: abc}}
      - name: bob
        user:
          exec: {command: ./login, args: [--quiet]}
      """;

  @TempDir Path directory;

  @Test
  void theCurrentContextCountsUnlessAnotherIsNamed() throws Exception {
    Path file = write("config", TWO_CONTEXTS);

    KubeConfig here = KubeConfig.read(List.of(file), null).orElseThrow();
    KubeConfig there = KubeConfig.read(List.of(file), "there").orElseThrow();

    assertThat(here.namespace()).isEqualTo("jobs");
    assertThat(here.user().path("token").asText()).isEqualTo("abc");
    assertThat(there.cluster().path("server").asText()).isEqualTo("https://far.example.com/k8s");
    assertThat(there.namespace()).isEqualTo("default");
  }

  @Test
  void filesAreRelativeToTheConfigAndDataIsWrittenInIt() throws Exception {
    Path file = write("config", TWO_CONTEXTS);
    write("ca.crt", "certificate");

    KubeConfig here = KubeConfig.read(List.of(file), null).orElseThrow();
    KubeConfig there = KubeConfig.read(List.of(file), "there").orElseThrow();

    assertThat(text(here.bytes(here.cluster(), "certificate-authority"))).contains("certificate");
    assertThat(text(there.bytes(there.cluster(), "certificate-authority"))).contains("ca");
  }

  @Test
  void severalFilesAreReadAsOne() throws Exception {
    Path contexts = write("a", "current-context: x\ncontexts:\n- {name: x, context: {cluster: c}}");
    Path clusters = write("b", "clusters:\n- {name: c, cluster: {server: \"https://c\"}}");

    KubeConfig config =
        KubeConfig.read(List.of(directory.resolve("none"), contexts, clusters), null).orElseThrow();

    assertThat(config.cluster().path("server").asText()).isEqualTo("https://c");
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path file = write("config", TWO_CONTEXTS);

    assertThat(KubeConfig.read(List.of(directory.resolve("none")), null)).isEmpty();
    assertThatThrownBy(() -> KubeConfig.read(List.of(file), "elsewhere"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no context named elsewhere.");
    assertThatThrownBy(() -> KubeConfig.read(List.of(write("bad", "a: [")), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not YAML");
  }

  @Test
  void kubectlsEnvironmentVariableMayNameSeveral() {
    assertThat(KubeConfig.usualFiles(Map.of("KUBECONFIG", "/a:/b"), Path.of("/home")))
        .containsExactly(Path.of("/a"), Path.of("/b"));
    assertThat(KubeConfig.usualFiles(Map.of(), Path.of("/home")))
        .containsExactly(Path.of("/home/.kube/config"));
  }

  @Test
  void aProgramIsAskedForCredentialsAgainOnceTheyHaveExpired() throws Exception {
    Path file = write("config", TWO_CONTEXTS);
    Path login =
        write(
            "login",
            """
            #!/bin/sh
            echo x >> "$COUNT"
            cat "$ANSWER"
            """);
    assertThat(login.toFile().setExecutable(true)).isTrue();
    KubeConfig config = KubeConfig.read(List.of(file), "there").orElseThrow();
    Path count = directory.resolve("count");
    Path answer = write("answer", "{\"status\": {\"token\": \"t1\"}}");
    ExecCredential credential =
        ExecCredential.of(
            config.user(), config, Map.of("COUNT", count.toString(), "ANSWER", answer.toString()));

    assertThat(credential.token()).contains("t1");
    assertThat(credential.token()).contains("t1");
    assertThat(Files.readAllLines(count)).hasSize(1);

    write(
        "answer",
        "{\"status\": {\"token\": \"t2\", \"expirationTimestamp\": \"2020-01-01T00:00:00Z\"}}");
    ExecCredential shortLived =
        ExecCredential.of(
            config.user(), config, Map.of("COUNT", count.toString(), "ANSWER", answer.toString()));
    assertThat(shortLived.token()).contains("t2");
    assertThat(shortLived.token()).contains("t2");
    assertThat(Files.readAllLines(count)).hasSize(3);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Optional<String> text(Optional<byte[]> bytes) {
    return bytes.map(each -> new String(each, StandardCharsets.UTF_8));
  }
}
