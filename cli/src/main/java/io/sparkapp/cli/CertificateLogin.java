package io.sparkapp.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Logs in with a certificate that is in the kubeconfig, as the local cluster's and those of most
 * administrators have it. The Kubernetes client's own way reads all authorities that Java trusts,
 * and elliptic keys with a library whose jar's signature is checked first: together they take
 * longer than the request. Only these keys are trusted and shown, and nothing else changes.
 */
final class CertificateLogin extends JdkHttpClientFactory {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (EC )?PRIVATE KEY-----([^-]*)-----END");
  private static final char[] PASSWORD = "in memory only".toCharArray();

  /** DER: version 0, then algorithm ecPublicKey on curve P-256. */
  private static final byte[] P256_HEAD =
      bytes(
          0x02, 1, 0, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48,
          0xce, 0x3d, 3, 1, 7);

  /** DER: the curve P-256. */
  private static final byte[] P256 = bytes(6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7);

  private final KeyManager[] keys;
  private final TrustManager[] trusted;

  private CertificateLogin(KeyManager[] keys, TrustManager[] trusted) {
    this.keys = keys;
    this.trusted = trusted;
  }

  /** Empty when the kubeconfig logs in otherwise, or with a key of another kind. */
  static Optional<HttpClient.Factory> of(Config config) {
    boolean certificate =
        config.getCaCertData() != null
            && config.getClientCertData() != null
            && config.getClientKeyData() != null
            && !config.isTrustCerts()
            && config.getTrustStoreFile() == null
            && config.getKeyStoreFile() == null;
    if (!certificate) {
      return Optional.empty();
    }
    try {
      Optional<PrivateKey> key = key(decoded(config.getClientKeyData()));
      return key.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new CertificateLogin(
                  shown(key.get(), certificates(config.getClientCertData())),
                  trusted(certificates(config.getCaCertData()))));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // The Kubernetes client may know what to make of it, and else says what is wrong.
      return Optional.empty();
    }
  }

  /** What a plain login shows and trusts; empty when its key is of another kind. */
  static Optional<SSLContext> tls(PlainLogin login) throws GeneralSecurityException, IOException {
    KeyManager[] keys = null;
    if (login.key() != null) {
      Optional<PrivateKey> key = key(decoded(login.key()));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      keys = shown(key.get(), certificates(login.certificate()));
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted(certificates(login.authority())), null);
    return Optional.of(context);
  }

  @Override
  public HttpClient.Builder newBuilder(Config config) {
    // What we do better it is not to do first; our managers replace its own at once.
    Config bare =
        new ConfigBuilder(config)
            .withTrustCerts(true)
            .withCaCertData(null)
            .withClientCertData(null)
            .withClientKeyData(null)
            .build();
    return super.newBuilder(bare).sslContext(keys, trusted);
  }

  private static KeyManager[] shown(PrivateKey key, Collection<? extends Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, PASSWORD);
    store.setKeyEntry("client", key, PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trusted(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, PASSWORD);
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(String data)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(
            new ByteArrayInputStream(decoded(data).getBytes(StandardCharsets.US_ASCII)));
  }

  /** A key of PKCS#8 on whichever curve, or of SEC 1 on P-256. */
  static Optional<PrivateKey> key(String pem) throws GeneralSecurityException {
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      return Optional.empty();
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    if (block.group(1) != null) {
      if (!contains(der, P256)) {
        return Optional.empty();
      }
      der = pkcs8(der);
    }
    return Optional.of(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
  }

  /** PKCS#8 is SEC 1 in an octet string, with the curve before it. */
  private static byte[] pkcs8(byte[] sec1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(P256_HEAD);
    inner.writeBytes(tagged(0x04, sec1));
    return tagged(0x30, inner.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length > 0x7f) {
      out.write(0x81);
    }
    if (content.length > 0xff) {
      throw new IllegalArgumentException("longer than any key on P-256");
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static boolean contains(byte[] all, byte[] part) {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    return text.contains(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static String decoded(String base64) {
    return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
