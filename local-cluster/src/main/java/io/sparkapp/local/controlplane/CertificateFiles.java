package io.sparkapp.local.controlplane;

import java.nio.file.Path;

/**
 * A certificate and its private key as PEM files. The key is PKCS #8, unencrypted, readable by its
 * owner only.
 */
public record CertificateFiles(Path certificate, Path key) {

  static CertificateFiles in(Path directory, String name) {
    return new CertificateFiles(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
  }
}
