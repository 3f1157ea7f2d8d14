package io.sparkapp.operator.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets somebody into the Spark UI of one application for a while, and to nothing else. It stands in
 * the address, as the pages there get no cookie: they are made by whoever wrote the application.
 */
final class Tickets {

  static final Duration VALID = Duration.ofHours(1);

  private static final String MAC = "HmacSHA256";
  private static final int MAC_BYTES = 24;

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param key the same in all operators that stand behind one address
   */
  Tickets(byte[] key, Clock clock) {
    this.key = new SecretKeySpec(key, MAC);
    this.clock = clock;
  }

  /** For the application of this UID. */
  String issue(String uid) {
    long until = clock.instant().plus(VALID).getEpochSecond();
    byte[] mac = mac(uid, until);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(Long.BYTES + MAC_BYTES).putLong(until).put(mac).array());
  }

  /** Whether it was issued for this application and has not run out. */
  boolean isGood(String ticket, String uid) {
    return bytes(ticket)
        .filter(bytes -> bytes.length == Long.BYTES + MAC_BYTES)
        .map(ByteBuffer::wrap)
        .filter(
            read -> {
              long until = read.getLong();
              byte[] mac = new byte[MAC_BYTES];
              read.get(mac);
              return MessageDigest.isEqual(mac, mac(uid, until))
                  && clock.instant().isBefore(Instant.ofEpochSecond(until));
            })
        .isPresent();
  }

  private static Optional<byte[]> bytes(String ticket) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(ticket));
    } catch (IllegalArgumentException e) {
      // Not one of ours.
      return Optional.empty();
    }
  }

  private byte[] mac(String uid, long until) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      byte[] whole = mac.doFinal((until + " " + uid).getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(whole, MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
