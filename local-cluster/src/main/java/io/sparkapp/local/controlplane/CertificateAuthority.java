package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An elliptic curve (P-256) certificate authority kept in a directory. What it issued is kept and
 * used again until a month before it expires.
 */
final class CertificateAuthority {
  private static final Duration OWN_VALIDITY = Duration.ofDays(3650);
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final Path certificateFile;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(
      Path directory, Path certificateFile, X509Certificate certificate, PrivateKey key) {
    this.directory = directory;
    this.certificateFile = certificateFile;
    this.certificate = certificate;
    this.key = key;
  }

  /** Reads the authority of that name from the directory, or makes it. */
  static CertificateAuthority in(Path directory, String name) {
    CertificateFiles files = CertificateFiles.in(directory, name);
    if (!isUsable(files)) {
      KeyPair pair = newKeyPair();
      X500Name self = new X500NameBuilder().addRDN(BCStyle.CN, "sparkapp-" + name).build();
      try {
        JcaX509v3CertificateBuilder builder = builder(self, self, pair.getPublic(), OWN_VALIDITY);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        write(files, pair, sign(builder, pair.getPrivate()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return new CertificateAuthority(
        directory,
        files.certificate(),
        Pem.readCertificate(files.certificate()),
        Pem.readPrivateKey(files.key()));
  }

  Path certificateFile() {
    return certificateFile;
  }

  /** A certificate for a user (CN) of some groups (O). */
  CertificateFiles client(String name, String user, List<String> groups) {
    return issue(name, user, groups, List.of());
  }

  /** A certificate for a server, usable as a client's too, with its IP addresses and DNS names. */
  CertificateFiles server(String name, String commonName, List<GeneralName> names) {
    return issue(name, commonName, List.of(), names);
  }

  private CertificateFiles issue(
      String name, String commonName, List<String> groups, List<GeneralName> names) {
    CertificateFiles files = CertificateFiles.in(directory, name);
    if (isUsable(files) && isOurs(Pem.readCertificate(files.certificate()))) {
      return files;
    }
    X500NameBuilder subject = new X500NameBuilder();
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, commonName);
    KeyPair pair = newKeyPair();
    try {
      JcaX509v3CertificateBuilder builder =
          builder(
              X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
              subject.build(),
              pair.getPublic(),
              VALIDITY);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, purposes(!names.isEmpty()));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      write(files, pair, sign(builder, key));
      return files;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExtendedKeyUsage purposes(boolean server) {
    return server
        ? new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth})
        : new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
  }

  private boolean isOurs(X509Certificate issued) {
    try {
      issued.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isUsable(CertificateFiles files) {
    return Files.exists(files.certificate())
        && Files.exists(files.key())
        && Pem.readCertificate(files.certificate())
            .getNotAfter()
            .toInstant()
            .isAfter(Instant.now().plus(RENEW_BEFORE));
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Duration validity) throws IOException {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, RANDOM).setBit(126),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(validity)),
            subject,
            key);
    try {
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
    return builder;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key first: a certificate on disk always has its key. */
  private static void write(CertificateFiles files, KeyPair pair, X509Certificate certificate) {
    PrivateFile.write(files.key(), Pem.privateKey(pair.getPrivate()));
    PrivateFile.write(files.certificate(), Pem.certificate(certificate));
  }

  static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has the curve P-256", e);
    }
  }
}
