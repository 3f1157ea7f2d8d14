package io.sparkapp.driver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads private keys as kubeconfigs have them. The JDK reads PKCS 8 only; PKCS 1 (RSA) and SEC 1
 * (elliptic curves, what k3s and kind write) become that by a wrapper around them (RFC 5958).
 */
final class PrivateKeyPem {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private static final byte[] VERSION = bytes("020100");

  /** SEQUENCE of rsaEncryption and NULL (RFC 8017). */
  private static final byte[] RSA = bytes("300d06092a864886f70d0101010500");

  /** id-ecPublicKey (RFC 5480). */
  private static final byte[] EC_PUBLIC_KEY = bytes("06072a8648ce3d0201");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xa0;
  private static final int LONG_FORM = 0x80;

  private PrivateKeyPem() {}

  static PrivateKey read(byte[] pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!block.find()) {
      throw new InvalidKeySpecException("There is no unencrypted private key in PEM.");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "RSA PRIVATE KEY" -> key("RSA", wrapped(RSA, der));
      case "EC PRIVATE KEY" -> key("EC", wrapped(curve(der), der));
      default -> ofAnyKind(der);
    };
  }

  private static PrivateKey ofAnyKind(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return key(algorithm, pkcs8);
      } catch (InvalidKeySpecException e) {
        // It is of the other kind, or of the last one here.
        continue;
      }
    }
    return key("EdDSA", pkcs8);
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, key));
  }

  /** The algorithm's identifier with the curve that the key names itself (RFC 5915). */
  private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
    ByteBuffer key = content(ByteBuffer.wrap(sec1), SEQUENCE);
    while (key.hasRemaining()) {
      int tag = key.get(key.position()) & 0xff;
      ByteBuffer value = content(key, tag);
      if (tag == PARAMETERS) {
        byte[] oid = new byte[value.remaining()];
        value.get(oid);
        return element(SEQUENCE, EC_PUBLIC_KEY, oid);
      }
    }
    throw new InvalidKeySpecException("The elliptic curve key does not name its curve.");
  }

  private static ByteBuffer content(ByteBuffer der, int tag) throws InvalidKeySpecException {
    if (der.remaining() < 2 || (der.get() & 0xff) != tag) {
      throw new InvalidKeySpecException("The private key is damaged.");
    }
    int length = der.get() & 0xff;
    if (length >= LONG_FORM) {
      int octets = length - LONG_FORM;
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | der.get() & 0xff;
      }
    }
    if (length > der.remaining()) {
      throw new InvalidKeySpecException("The private key is cut off.");
    }
    ByteBuffer content = der.slice(der.position(), length);
    der.position(der.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < LONG_FORM) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(LONG_FORM + 1);
      out.write(length);
    } else {
      out.write(LONG_FORM + 2);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
