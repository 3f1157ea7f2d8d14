package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMappingTest {
  private final PathMapping mapping =
      PathMapping.of(
          Map.of(
              "/opt/spark", Path.of("/opt/spark/image"),
              "/opt/spark/work-dir", Path.of("/pods/1/work"),
              "/tmp", Path.of("/tmp/pods/1/tmp"),
              "/dev/termination-log", Path.of("/pods/1/log")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /opt/spark                          | /opt/spark/image
          /opt/spark/jars/*:/opt/spark/more   | /opt/spark/image/jars/*:/opt/spark/image/more
          /opt/spark/work-dir/x               | /pods/1/work/x
          /opt/sparkle                        | /opt/sparkle
          -Dlog=/dev/termination-log          | -Dlog=/pods/1/log
          --conf a=/tmp,b='/tmp/c'            | --conf a=/tmp/pods/1/tmp,b='/tmp/pods/1/tmp/c'
          local:///opt/spark/x.jar            | local:///opt/spark/image/x.jar
          file:///tmp/x                       | file:///tmp/pods/1/tmp/x
          hdfs:///tmp/x                       | hdfs:///tmp/x
          http://tmp/x                        | http://tmp/x
          my-file:///tmp/x                    | my-file:///tmp/x
          data/tmp/x                          | data/tmp/x
          echo hi > /tmp/x;cat /tmp/x         | echo hi > /tmp/pods/1/tmp/x;cat /tmp/pods/1/tmp/x
          @/tmp/args                          | @/tmp/pods/1/tmp/args
          {"spark.jars":"local:///opt/spark/a.jar,/tmp/b.jar","x":"/tmp"} | {"spark.jars":"local:///opt/spark/image/a.jar,/tmp/pods/1/tmp/b.jar","x":"/tmp/pods/1/tmp"}
          """)
  void replacesWholePathsOnce(String text, String expected) {
    assertThat(mapping.map(text)).isEqualTo(expected);
  }

  @Test
  void whatAProcessSaysIsGivenBackWithTheContainersPaths() {
    assertThat(mapping.unmap("no class in local:///opt/spark/image/x.jar, see /pods/1/work/log"))
        .isEqualTo("no class in local:///opt/spark/x.jar, see /opt/spark/work-dir/log");
  }

  @Test
  void resolvesOnePathByTheLongestPrefix() {
    assertThat(mapping.resolve("/opt/spark/work-dir/")).contains(Path.of("/pods/1/work"));
    assertThat(mapping.resolve("/opt/spark/bin/../jars"))
        .contains(Path.of("/opt/spark/image/jars"));
    assertThat(mapping.resolve("/etc")).isEmpty();
  }

  @Test
  void pathsAddedLaterWin() {
    assertThat(mapping.plus(Map.of("/tmp/", Path.of("/other"))).map("/tmp/x"))
        .isEqualTo("/other/x");
  }
}
