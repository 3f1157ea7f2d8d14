package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in every form that a Secret may have them in. */
class ServingCertificateTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs8", "rsa-pkcs1", "ec-pkcs8", "ec-sec1"})
  void everyFormOfAKeyIsRead(String form) throws Exception {
    put(form);

    assertThat(shownBy(ServingCertificate.in(directory))).isEqualTo(certificate());
  }

  @Test
  void aRenewedCertificateIsShownToTheNextWhoComes() throws Exception {
    put("rsa-pkcs8");
    SSLContext context = ServingCertificate.in(directory);
    X509Certificate before = shownBy(context);

    put("ec-pkcs8");
    Files.setLastModifiedTime(
        directory.resolve("tls.crt"), FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(shownBy(context)).isNotEqualTo(before).isEqualTo(certificate());
  }

  @Test
  void whatIsNoKeyIsNamed() throws Exception {
    put("rsa-pkcs8");
    Files.writeString(directory.resolve("tls.key"), "nothing");

    assertThatThrownBy(() -> ServingCertificate.in(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.key holds no private key");
  }

  /** A new one that signs itself. */
  private void put(String form) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(form.startsWith("ec") ? "EC" : "RSA");
    generator.initialize(form.startsWith("ec") ? 256 : 2048);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=page.test");
    Instant now = Instant.now();
    X509CertificateHolder certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)),
                name,
                pair.getPublic())
            .build(
                new JcaContentSignerBuilder(
                        form.startsWith("ec") ? "SHA256withECDSA" : "SHA256withRSA")
                    .build(pair.getPrivate()));
    write("tls.crt", certificate);
    write(
        "tls.key",
        form.endsWith("pkcs8")
            ? new JcaPKCS8Generator(pair.getPrivate(), null)
            : pair.getPrivate());
  }

  private void write(String file, Object content) throws IOException {
    try (JcaPEMWriter out = new JcaPEMWriter(Files.newBufferedWriter(directory.resolve(file)))) {
      out.writeObject(content);
    }
  }

  private X509Certificate certificate() throws Exception {
    try (var in = Files.newInputStream(directory.resolve("tls.crt"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** Shakes hands in memory, as somebody who trusts the certificate that lies there. */
  private X509Certificate shownBy(SSLContext context) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("page", certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext visitors = SSLContext.getInstance("TLS");
    visitors.init(null, trust.getTrustManagers(), null);
    SSLEngine visitor = visitors.createSSLEngine();
    visitor.setUseClientMode(true);
    SSLEngine page = context.createSSLEngine();
    page.setUseClientMode(false);
    ByteBuffer toPage = ByteBuffer.allocate(1 << 16);
    ByteBuffer toVisitor = ByteBuffer.allocate(1 << 16);
    for (int turn = 0; turn < 100 && handshakes(visitor, page); turn++) {
      step(visitor, toVisitor, toPage);
      step(page, toPage, toVisitor);
    }
    Certificate[] shown = visitor.getSession().getPeerCertificates();
    return (X509Certificate) shown[0];
  }

  private static boolean handshakes(SSLEngine visitor, SSLEngine page) {
    return visitor.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
        || page.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
        || visitor.getSession().getProtocol().equals("NONE");
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && engine.getSession().getProtocol().equals("NONE")) {
      engine.beginHandshake();
    }
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(1 << 16));
        in.compact();
      }
      default -> {
        // It is done; the other one may not be.
      }
    }
  }
}
