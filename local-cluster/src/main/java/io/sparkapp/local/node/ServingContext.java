package io.sparkapp.local.node;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** TLS for a server that speaks to no one without a certificate. */
final class ServingContext extends HttpsConfigurator {
  private static final char[] NO_PASSWORD = {};
  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "Ed25519");

  private ServingContext(SSLContext context) {
    super(context);
  }

  static ServingContext of(Path certificate, Path key, Path clientCa)
      throws IOException, GeneralSecurityException {
    KeyStore own = emptyStore();
    own.setKeyEntry(
        "server",
        privateKey(Files.readString(key)),
        NO_PASSWORD,
        certificates(certificate).toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);

    KeyStore trusted = emptyStore();
    int number = 0;
    for (Certificate authority : certificates(clientCa)) {
      trusted.setCertificateEntry("client-ca-" + number++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);

    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new ServingContext(context);
  }

  @Override
  public void configure(HttpsParameters parameters) {
    SSLParameters secure = getSSLContext().getDefaultSSLParameters();
    secure.setNeedClientAuth(true);
    secure.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setSSLParameters(secure);
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    GeneralSecurityException last = null;
    for (String type : KEY_TYPES) {
      try {
        return KeyFactory.getInstance(type).generatePrivate(encoded);
      } catch (GeneralSecurityException e) {
        last = e; // A key of another type; the last type's error tells enough.
      }
    }
    throw last;
  }
}
