package io.sparkapp.driver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS contexts from what Kubernetes keeps in PEM files. */
final class Tls {

  /**
   * A client's certificate and its key, each in PEM.
   *
   * @param certificates the client's first
   * @param key PKCS 8, PKCS 1 or SEC 1
   */
  record Identity(byte[] certificates, byte[] key) {}

  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  static SSLContext trusting(Path authorities) {
    try {
      return context(Optional.of(Files.readAllBytes(authorities)), Optional.empty(), false);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "The API server's certificate authority " + authorities + " can not be read.", e);
    }
  }

  /**
   * @param authorities certificates in PEM; the JDK's own when empty
   * @param trustAll whether any server is believed to be the right one
   */
  static SSLContext context(
      Optional<byte[]> authorities, Optional<Identity> identity, boolean trustAll)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity.isPresent() ? keyStore(identity.get()) : null, NO_PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities.isPresent() ? trustStore(authorities.get()) : null);
    context.init(
        keys.getKeyManagers(),
        trustAll ? new TrustManager[] {new Credulous()} : trust.getTrustManagers(),
        null);
    return context;
  }

  private static KeyStore keyStore(Identity identity) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry(
        "client",
        PrivateKeyPem.read(identity.key()),
        NO_PASSWORD,
        certificates(identity.certificates()).toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore trustStore(byte[] authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(authorities)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(byte[] pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }

  /** For {@code insecure-skip-tls-verify}, and nothing else. */
  private static final class Credulous extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
