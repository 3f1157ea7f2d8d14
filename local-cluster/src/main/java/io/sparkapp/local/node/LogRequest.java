package io.sparkapp.local.node;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What of a log is wanted; the options of {@code kubectl logs}.
 *
 * @param since only lines from then on
 * @param tail only so many last lines
 * @param limitBytes at most so many bytes
 */
record LogRequest(
    boolean follow,
    boolean previous,
    boolean timestamps,
    Optional<Instant> since,
    OptionalLong tail,
    OptionalLong limitBytes) {

  /**
   * Reads the query of the kubelet's {@code /containerLogs}.
   *
   * @param query raw, may be null
   * @throws IllegalArgumentException with a sentence for a value that can't be understood
   */
  static LogRequest parse(String query, Instant now) {
    Map<String, String> values = values(query);
    Optional<Instant> since = Optional.empty();
    try {
      if (values.containsKey("sinceTime")) {
        since = Optional.of(OffsetDateTime.parse(values.get("sinceTime")).toInstant());
      }
      OptionalLong seconds = number(values, "sinceSeconds");
      if (seconds.isPresent()) {
        since = Optional.of(now.minusSeconds(seconds.getAsLong()));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("sinceTime is not a time: " + e.getMessage(), e);
    }
    return new LogRequest(
        flag(values, "follow"),
        flag(values, "previous"),
        flag(values, "timestamps"),
        since,
        number(values, "tailLines"),
        number(values, "limitBytes"));
  }

  /** Whether a line of that time is wanted. */
  boolean wants(LogLine line) {
    return since.isEmpty() || !line.time().isBefore(since.get());
  }

  /** The bytes to send for a line; the start of a line gets the timestamp, its end the newline. */
  byte[] render(LogLine line, boolean startsLine) {
    String head = timestamps && startsLine ? line.timestamp() + " " : "";
    byte[] prefix = head.getBytes(StandardCharsets.US_ASCII);
    byte[] rendered = new byte[prefix.length + line.text().length + (line.whole() ? 1 : 0)];
    System.arraycopy(prefix, 0, rendered, 0, prefix.length);
    System.arraycopy(line.text(), 0, rendered, prefix.length, line.text().length);
    if (line.whole()) {
      rendered[rendered.length - 1] = '\n';
    }
    return rendered;
  }

  private static boolean flag(Map<String, String> values, String name) {
    String value = values.getOrDefault(name, "false");
    return value.equalsIgnoreCase("true") || value.equals("1");
  }

  private static OptionalLong number(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("%s is not a count: %s".formatted(name, value));
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  private static Map<String, String> values(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
