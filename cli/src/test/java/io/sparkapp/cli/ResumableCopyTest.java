package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResumableCopyTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ResumableCopy copy =
      new ResumableCopy((bytes, length) -> out.write(bytes, 0, length));

  @Test
  void goesOnWhereTheConnectionWasCut() {
    assertThat(copy.of(cutAfter("count"))).isFalse();
    assertThat(copy.of(cutAfter("co"))).isFalse();
    assertThat(copy.of(whole("count: 60\n"))).isTrue();
    assertThat(copy.of(whole("count: 60\n"))).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("count: 60\n");
  }

  @Test
  void aTextThatBecameShorterHasNothingNew() {
    assertThat(copy.of(whole("count: 60\n"))).isTrue();
    assertThat(copy.of(whole("60\n"))).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("count: 60\n");
  }

  private static InputStream whole(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream cutAfter(String text) {
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut");
          }
        };
    return new SequenceInputStream(whole(text), cut);
  }
}
