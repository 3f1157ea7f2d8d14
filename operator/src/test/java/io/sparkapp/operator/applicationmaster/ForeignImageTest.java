package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignImageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: could not open `/opt/sparkapp/driver/java.args'",
        "Error: Could not find or load main class io.sparkapp.driver.DriverLauncher",
      })
  void anImageWithoutTheLauncherIsNamed(String said) {
    assertThat(ForeignImage.sentence("driver", "apache/spark:4.1.1", said))
        .contains(
            "Image apache/spark:4.1.1 has no launcher for SparkApps in /opt/sparkapp/driver: if it has"
                + " Spark 4, set spec.launcher to Added; otherwise build it on the operator's own driver image, or leave spec.image and spec.driver.image"
                + " out.");
  }

  @Test
  void anImageWithoutJavaIsNamed() {
    assertThat(
            ForeignImage.sentence(
                "executor",
                "busybox",
                "runc create failed: unable to start container process: exec: \"java\":"
                    + " executable file not found in $PATH"))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).startsWith("Image busybox has no java on its PATH:"));
  }

  @Test
  void otherEndsAreOthersBusiness() {
    assertThat(ForeignImage.sentence("driver", "busybox", "Exception in thread main")).isEmpty();
    assertThat(ForeignImage.sentence("driver", "busybox", null)).isEmpty();
  }

  @Test
  void onlyTheLastLineOfALogGoesIntoASentence() {
    assertThat(LastLine.of("one\ntwo\n\n")).contains("two");
    assertThat(LastLine.of("x".repeat(400)))
        .hasValueSatisfying(line -> assertThat(line).hasSize(304));
    assertThat(LastLine.of(null)).isEmpty();
  }
}
