package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes kubeconfig files, complete in themselves, mode 0600. */
final class Kubeconfig {
  private Kubeconfig() {}

  static Path write(Path file, URI server, Path serverCa, CertificateFiles user, String userName) {
    String key = Pem.ecPrivateKey(Pem.readPrivateKey(user.key()));
    PrivateFile.write(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: sparkapp-local
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: "%s"
          user:
            client-certificate-data: %s
            client-key-data: %s
        contexts:
        - name: sparkapp-local
          context:
            cluster: sparkapp-local
            user: "%s"
            namespace: default
        current-context: sparkapp-local
        """
            .formatted(
                server,
                base64(read(serverCa)),
                userName,
                base64(read(user.certificate())),
                base64(key),
                userName));
    return file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
