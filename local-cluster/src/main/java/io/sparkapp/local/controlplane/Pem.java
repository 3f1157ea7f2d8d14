package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;

/** Keys and certificates to PEM text and back. */
final class Pem {
  private Pem() {}

  static String certificate(X509Certificate certificate) {
    return write(certificate);
  }

  static String publicKey(PublicKey key) {
    return write(key);
  }

  /** PKCS #8, which the JDK, Go and OpenSSL read. */
  static String privateKey(PrivateKey key) {
    try {
      return write(new JcaPKCS8Generator(key, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * SEC 1 ({@code EC PRIVATE KEY}) with the curve's name inside: from the header the fabric8 client
   * tells that a kubeconfig's key is an elliptic curve one (a PKCS #8 key it takes for RSA), from
   * the inside it wants the curve.
   */
  static String ecPrivateKey(PrivateKey key) {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    try {
      ECPrivateKey withoutCurve = ECPrivateKey.getInstance(info.parsePrivateKey());
      ASN1Object curve = ASN1Primitive.fromByteArray(parameters(info));
      ECPrivateKey withCurve = new ECPrivateKey(256, withoutCurve.getKey(), curve);
      return write(new PemObject("EC PRIVATE KEY", withCurve.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] parameters(PrivateKeyInfo info) throws IOException {
    return info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded();
  }

  static X509Certificate readCertificate(Path file) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate((X509CertificateHolder) readObject(file));
    } catch (java.security.cert.CertificateException e) {
      throw unreadable(file, e);
    }
  }

  static PrivateKey readPrivateKey(Path file) {
    try {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) readObject(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Object readObject(Path file) {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      Object object = parser.readObject();
      if (object instanceof X509CertificateHolder || object instanceof PrivateKeyInfo) {
        return object;
      }
      throw unreadable(file, null);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ClusterException unreadable(Path file, Exception cause) {
    return new ClusterException(
        "%s is damaged; delete the directory %s, new certificates are made at the next start."
            .formatted(file, file.getParent()),
        cause);
  }

  private static String write(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes a key pair's private half as PKCS #8 and its public half beside it. */
  static void writeKeyPair(KeyPair pair, Path privateKey, Path publicKey) {
    PrivateFile.write(publicKey, publicKey(pair.getPublic()));
    PrivateFile.write(privateKey, privateKey(pair.getPrivate()));
  }
}
