package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrdFilesTest {

  @Test
  void checkedInFilesAreThoseThatFollowFromTheModel() throws IOException {
    Map<String, String> generated = CrdFiles.generate();
    if (System.getProperty(CrdFiles.UPDATE) != null) {
      CrdFiles.write(generated);
    }
    assertThat(generated).hasSize(2);
    generated.forEach(
        (name, content) ->
            assertThat(CrdFiles.read(CrdFiles.file(name)))
                .as("%s; to rewrite it: mvn test -pl crds -D%s", name, CrdFiles.UPDATE)
                .isEqualTo(content));
  }
}
