package io.sparkapp.local.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesIT {
  @TempDir Path directory;

  @Test
  void areKeptOverRestarts() throws Exception {
    String admin = Files.readString(Certificates.in(directory).admin().certificate());
    String tokens = Files.readString(Certificates.in(directory).serviceAccountKey().key());

    assertThat(Certificates.in(directory).admin().certificate()).hasContent(admin);
    assertThat(Certificates.in(directory).serviceAccountKey().key()).hasContent(tokens);
  }

  @Test
  void nameUsersAndGroupsAsKubernetesReadsThem() {
    X509Certificate node = Pem.readCertificate(Certificates.in(directory).node("n1").certificate());

    assertThat(node.getSubjectX500Principal().getName())
        .contains("CN=system:node:n1", "O=system:nodes");
  }

  @Test
  void noClientOfTheApiServerIsAClientOfEtcd() throws Exception {
    Certificates certificates = Certificates.in(directory);
    X509Certificate admin = Pem.readCertificate(certificates.admin().certificate());
    X509Certificate etcdClient = Pem.readCertificate(certificates.etcdClient().certificate());
    X509Certificate etcdCa = Pem.readCertificate(certificates.etcdCa());

    etcdClient.verify(etcdCa.getPublicKey());
    assertThatThrownBy(() -> admin.verify(etcdCa.getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void areMadeAnewWhenTheirAuthorityIsAnother() throws Exception {
    String before = Files.readString(Certificates.in(directory).admin().certificate());
    Files.delete(directory.resolve("client-ca.crt"));

    Certificates renewed = Certificates.in(directory);
    X509Certificate admin = Pem.readCertificate(renewed.admin().certificate());

    assertThat(renewed.admin().certificate()).content().isNotEqualTo(before);
    admin.verify(Pem.readCertificate(renewed.clientCa()).getPublicKey());
  }
}
