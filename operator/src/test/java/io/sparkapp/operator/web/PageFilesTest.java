package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {

  private static final Path FOLDER = Path.of("src/main/resources/io/sparkapp/operator/web/page");

  /** What would make text that a user has named into something else, or needs what CSP forbids. */
  private static final List<String> FORBIDDEN =
      List.of(
          "innerHTML",
          "outerHTML",
          "insertAdjacentHTML",
          "document.write",
          "eval(",
          "new Function",
          "DOMParser",
          "srcdoc",
          "javascript:");

  @Test
  void noScriptMakesMarkupOfText() throws IOException {
    assertThat(files(".js"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(FORBIDDEN));
  }

  @Test
  void nothingIsInlineAndNothingComesFromElsewhere() throws IOException {
    assertThat(files(".html"))
        .hasSize(2)
        .allSatisfy(
            file ->
                assertThat(Files.readString(file))
                    .doesNotContain("<style", " style=", "http://", "https://")
                    .doesNotContainPattern(" on[a-z]+=")
                    .doesNotContainPattern("<script(?![^>]* src=\"/page/)"));
    assertThat(files(".css"))
        .allSatisfy(
            file -> assertThat(Files.readString(file)).doesNotContain("url(", "@import", "http"));
  }

  @Test
  void onlyFilesOfThePageAreServed() {
    for (String name : List.of("page.html", "../page.css", "x.js", "page.css.map", "")) {
      assertThatThrownBy(() -> PageFiles.file(name)).isInstanceOf(AnswerException.class);
    }
    assertThat(PageFiles.file("page.css").headers())
        .containsEntry("Content-Type", "text/css; charset=utf-8");
  }

  @Test
  void aSentenceIsTextInTheForm() {
    Answer.Whole form = (Answer.Whole) PageFiles.login("<b>\"x\"</b> & 'y'");

    assertThat(new String(form.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; &#39;y&#39;")
        .doesNotContain("<b>", "{{");
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
