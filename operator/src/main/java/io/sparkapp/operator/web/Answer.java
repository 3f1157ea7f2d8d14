package io.sparkapp.operator.web;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody gets. */
sealed interface Answer {

  /** Status code. */
  int status();

  /** Headers beyond those that every answer has; they win over them. */
  Map<String, String> headers();

  /** All of it is there. */
  record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {}

  /** It is handed on as it comes. */
  record Streamed(int status, Map<String, String> headers, InputStream body) implements Answer {}

  /** It goes on: whatever changes is told. */
  record Live(Watched watched) implements Answer {

    @Override
    public int status() {
      return OK;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Content-Type", "text/event-stream; charset=utf-8");
    }
  }

  /** Gives a number that changes with what is watched. Never calls the API server. */
  interface Watched {
    long revision();
  }

  int OK = 200;
  int NO_CONTENT = 204;
  int SEE_OTHER = 303;

  static Whole text(int status, String type, String body) {
    return new Whole(
        status,
        Map.of("Content-Type", type + "; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static Whole seeOther(String where) {
    return new Whole(SEE_OTHER, Map.of("Location", where), new byte[0]);
  }

  /** The same with one header more. */
  static Whole with(Whole answer, String header, String value) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.put(header, value);
    return new Whole(answer.status(), headers, answer.body());
  }
}
