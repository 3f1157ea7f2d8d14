package io.sparkapp.operator.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page's certificate, as a Secret of type kubernetes.io/tls has it. When it is renewed, new
 * connections get the new one.
 */
final class ServingCertificate extends X509ExtendedKeyManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);

  /** The key is in memory only. */
  private static final char[] NO_PASSWORD = {};

  private final Path certificate;
  private final Path key;
  private FileTime read;
  private X509ExtendedKeyManager current;

  private ServingCertificate(Path directory) throws IOException {
    certificate = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
    read = Files.getLastModifiedTime(certificate);
    current = load();
  }

  /**
   * @throws IOException naming the directory whose files can not be used
   */
  static SSLContext in(Path directory) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ServingCertificate(directory)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificate in " + directory + " can not be used.", e);
    }
  }

  private X509ExtendedKeyManager load() throws IOException {
    try (InputStream in = Files.newInputStream(certificate)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IOException(certificate + " holds no certificate.");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "page", PrivateKeyFile.read(key, chain[0].getPublicKey()), NO_PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      return (X509ExtendedKeyManager) managers.getKeyManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " and " + key + " do not go together.", e);
    }
  }

  private synchronized X509ExtendedKeyManager current() {
    try {
      FileTime now = Files.getLastModifiedTime(certificate);
      if (!now.equals(read)) {
        current = load();
        read = now;
      }
    } catch (IOException e) {
      LOG.warn("The page keeps its certificate of before: {}", e.getMessage());
    }
    return current;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return current().chooseEngineServerAlias(type, issuers, engine);
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return current().chooseServerAlias(type, issuers, socket);
  }

  @Override
  public synchronized X509Certificate[] getCertificateChain(String alias) {
    return current.getCertificateChain(alias);
  }

  @Override
  public synchronized PrivateKey getPrivateKey(String alias) {
    return current.getPrivateKey(alias);
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return current().getServerAliases(type, issuers);
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return null;
  }
}
