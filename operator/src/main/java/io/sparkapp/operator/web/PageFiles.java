package io.sparkapp.operator.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The page itself: HTML, style and scripts, as they lie in the jar. Nobody's data is in them. */
final class PageFiles {

  private static final String NAME = "[a-z-]{1,40}\\.(css|js|svg)";
  private static final Map<String, String> TYPES =
      Map.of("css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

  private PageFiles() {}

  /** Style, script or picture. */
  static Answer file(String name) {
    if (!name.matches(NAME)) {
      throw AnswerException.notFound("There is no such file.");
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    byte[] content =
        read(name).orElseThrow(() -> AnswerException.notFound("There is no such file."));
    // Small, and asked for anew with each visit: a new operator has a new page.
    return new Answer.Whole(
        Answer.OK,
        Map.of("Content-Type", type + "; charset=utf-8", "Cache-Control", "no-cache"),
        content);
  }

  /** What all addresses of the page show; its script does the rest. */
  static Answer page() {
    return html(Answer.OK, "page.html", "");
  }

  /** The form that takes a token. */
  static Answer login(String sentence) {
    return Answer.with(
        html(AnswerException.UNAUTHENTICATED, "login.html", sentence),
        "WWW-Authenticate",
        "Bearer");
  }

  private static Answer.Whole html(int status, String name, String sentence) {
    String text =
        new String(
            read(name).orElseThrow(() -> new IllegalStateException(name + " is not in the jar")),
            StandardCharsets.UTF_8);
    return Answer.text(status, "text/html", text.replace("{{sentence}}", escaped(sentence)));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
