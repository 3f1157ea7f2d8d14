package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLoginTest {

  private static final String CLUSTER =
      "{server: \"https://h:6443/\", certificate-authority-data: Q0E=}";
  private static final String CERTIFICATE =
      "{client-certificate-data: Q0VSVA==, client-key-data: S0VZ}";

  @TempDir Path directory;

  @Test
  void aCertificateOrATokenIsPlain() throws IOException {
    assertThat(read(CLUSTER, CERTIFICATE, null))
        .get()
        .returns("https://h:6443", login -> login.server().toString())
        .returns("Q0E=", PlainLogin::authority)
        .returns("S0VZ", PlainLogin::key)
        .returns(null, PlainLogin::token)
        .returns("jobs", PlainLogin::namespace);
    assertThat(read(CLUSTER, "{token: t}", "other"))
        .get()
        .returns("t", PlainLogin::token)
        .returns("default", PlainLogin::namespace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{server: \"https://h\"}",
        "{server: \"http://h\", certificate-authority-data: Q0E=}",
        "{server: \"https://h\", certificate-authority-data: Q0E=, proxy-url: \"http://p\"}",
        "{server: \"https://h\", certificate-authority-data: Q0E=, tls-server-name: x}",
        "{server: \"https://h\", certificate-authority-data: Q0E=, insecure-skip-tls-verify: true}"
      })
  void aClusterThatSaysMoreOrLessIsNot(String cluster) throws IOException {
    assertThat(read(cluster, CERTIFICATE, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{exec: {command: aws}}",
        "{auth-provider: {name: oidc}}",
        "{username: me, password: p}",
        "{token: t, as: somebody}",
        "{client-certificate: me.crt, client-key: me.key}"
      })
  void aUserWhoLogsInOtherwiseIsNot(String user) throws IOException {
    assertThat(read(CLUSTER, user, null)).isEmpty();
  }

  @Test
  void whatCanNotBeReadIsLeftToTheKubernetesClient() throws IOException {
    assertThat(read(CLUSTER, CERTIFICATE, "nowhere")).isEmpty();
    assertThat(Kubeconfigs.plain(directory.resolve("nowhere"), null)).isEmpty();
    assertThat(Kubeconfigs.plain(Files.writeString(directory.resolve("bad"), "a: [b"), null))
        .isEmpty();
  }

  private Optional<PlainLogin> read(String cluster, String user, String context)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            current-context: one
            contexts:
            - {name: one, context: {cluster: c, user: u, namespace: jobs}}
            - {name: other, context: {cluster: c, user: u}}
            clusters: [{name: c, cluster: %s}]
            users: [{name: u, user: %s}]
            """
                .formatted(cluster, user));
    return Kubeconfigs.plain(file, context);
  }
}
