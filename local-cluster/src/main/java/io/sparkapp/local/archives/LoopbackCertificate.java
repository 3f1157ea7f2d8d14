package io.sparkapp.local.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 that lasts for a training, and a token that everybody may know. */
final class LoopbackCertificate {

  private static final String PASSWORD = "training";

  private LoopbackCertificate() {}

  /**
   * Makes it.
   *
   * @param serviceAccount gets {@code token} and {@code ca.crt}, as the kubelet would put them
   * @return what a server is to present
   */
  static SSLContext make(Path serviceAccount) throws IOException {
    Files.writeString(serviceAccount.resolve("token"), "training");
    try {
      return context(serviceAccount);
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate for the training could not be used.", e);
    }
  }

  private static SSLContext context(Path serviceAccount)
      throws IOException, GeneralSecurityException {
    Path store = serviceAccount.resolve("training.p12");
    generate(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    String alias = keys.aliases().nextElement();
    Files.writeString(
        serviceAccount.resolve("ca.crt"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate(alias).getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** The JDK can not sign certificates, but its keytool can. */
  private static void generate(Path store) throws IOException {
    // It adds to what is there.
    Files.deleteIfExists(store);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=training",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool made no certificate: " + said.strip());
    }
  }
}
