package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiAccessTest {

  @TempDir Path directory;

  @Test
  void whoHasACertificateReadsNoKubeconfigBeforeEachCall() throws IOException {
    Config found = kubeconfig("{client-certificate-data: Y2VydA==, client-key-data: a2V5}");
    assertThat(found.refresh()).as("what the client does").isNotSameAs(found);

    Config config = ApiAccess.of(found);

    assertThat(config.refresh()).isSameAs(config);
    assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:6443/");
    assertThat(config.getClientCertData()).isEqualTo("Y2VydA==");
  }

  @Test
  void aTokenOfAKubeconfigIsReadAnewBecauseItExpires() throws IOException {
    Config config = ApiAccess.of(kubeconfig("{token: of this hour}"));

    kubeconfig("{token: of the next hour}");

    assertThat(config.refresh().getAutoOAuthToken()).isEqualTo("of the next hour");
  }

  @Test
  void theTokenOfAPodIsReadAnewBecauseItExpires() {
    Config found = Config.empty();
    found.setAutoConfigure(true);
    found.setAutoOAuthToken("of the pod's service account");

    assertThat(ApiAccess.of(found).getAutoConfigure()).isTrue();
  }

  private Config kubeconfig(String user) throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters: [{name: here, cluster: {server: "https://127.0.0.1:6443"}}]
        contexts: [{name: here, context: {cluster: here, user: operator}}]
        users: [{name: operator, user: %s}]
        """
            .formatted(user));
    return Config.fromKubeconfig(file.toFile());
  }
}
