package io.sparkapp.operator.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What somebody asks for.
 *
 * @param method GET, HEAD or another
 * @param target path and query as they were sent
 * @param encrypted whether it came over TLS
 * @param headers the first of a name, whatever its case
 */
record Request(
    String method,
    URI target,
    boolean encrypted,
    Function<String, Optional<String>> headers,
    InputStream body) {

  static final int LONGEST_BODY = 16 * 1024;

  String path() {
    return target.getRawPath();
  }

  Optional<String> header(String name) {
    return headers.apply(name);
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The parts of the path between slashes, decoded. */
  List<String> parts() {
    return Stream.of(path().split("/"))
        .filter(part -> !part.isEmpty())
        .map(part -> decode(part.replace("+", "%2B")))
        .toList();
  }

  Map<String, String> query() {
    return form(target.getRawQuery() == null ? "" : target.getRawQuery());
  }

  /** A form that was sent. */
  Map<String, String> form() {
    try {
      byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
      if (bytes.length > LONGEST_BODY) {
        throw AnswerException.badRequest("This is more than a form of this page sends.");
      }
      return form(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AnswerException.badRequest("The address can not be read: " + e.getMessage() + ".");
    }
  }
}
