package io.sparkapp.operator.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key as Secrets have it: PKCS #8, or the older forms of RSA (PKCS #1) and EC (RFC 5915)
 * keys, which are a PKCS #8 key without its frame. What stands in the frame the public key knows.
 */
final class PrivateKeyFile {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int LONG_FORM = 0x80;
  private static final int BYTE = 0xFF;

  private PrivateKeyFile() {}

  /**
   * @param publicKey of the certificate that the key belongs to
   * @throws IOException naming the file that has no key in it
   */
  static PrivateKey read(Path file, PublicKey publicKey)
      throws IOException, GeneralSecurityException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    if (!block.find()) {
      throw new IOException(file + " holds no private key without a passphrase in PEM form.");
    }
    byte[] key = Base64.getMimeDecoder().decode(block.group(2));
    byte[] framed = block.group(1).isEmpty() ? key : framed(key, publicKey);
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(framed));
  }

  private static byte[] framed(byte[] key, PublicKey publicKey) {
    return element(
        SEQUENCE, joined(VERSION_0, algorithm(publicKey.getEncoded()), element(OCTET_STRING, key)));
  }

  /** The first element of a SubjectPublicKeyInfo. */
  private static byte[] algorithm(byte[] info) {
    int begin = 1 + lengthBytes(info, 0);
    int header = 1 + lengthBytes(info, begin);
    int content = 0;
    for (int i = begin + 2; i < begin + header; i++) {
      content = content << Byte.SIZE | info[i] & BYTE;
    }
    if (header == 2) {
      content = info[begin + 1];
    }
    return java.util.Arrays.copyOfRange(info, begin, begin + header + content);
  }

  /** How many bytes tell the length of the element that begins there. */
  private static int lengthBytes(byte[] der, int at) {
    int first = der[at + 1] & BYTE;
    return first < LONG_FORM ? 1 : 1 + (first & ~LONG_FORM);
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else {
      // Keys are shorter than 64 KiB.
      out.write(LONG_FORM | 2);
      out.write(content.length >> Byte.SIZE);
      out.write(content.length & BYTE);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
