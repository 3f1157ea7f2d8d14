package io.sparkapp.local.archives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkArchivesTest {

  @TempDir private Path home;

  @BeforeEach
  void build() throws IOException {
    write("spark/opt/spark/jars/spark-core.jar", "core");
    write("spark/opt/sparkapp/executor/sparkapp-executor.jar", "executor");
    write("spark/opt/sparkapp/executor/java.args", "-Done\n");
    write("driver/opt/sparkapp/driver/sparkapp-driver.jar", "driver");
    write("driver/opt/sparkapp/driver/java.args", "-Dother\n");
  }

  @Test
  void theSameBuildHasTheSameDirectory() {
    assertThat(archives().directory()).isEqualTo(archives().directory());
  }

  @Test
  void anotherBuildHasAnotherDirectory() throws IOException {
    Path before = archives().directory();

    write("driver/opt/sparkapp/driver/sparkapp-driver.jar", "another driver");

    assertThat(archives().directory()).isNotEqualTo(before);
  }

  @Test
  void imagesHaveNothingOfThemUntilTheyAreMade() {
    assertThat(archives().layer()).isEmptyDirectory();
    assertThat(archives().made()).isFalse();
  }

  @Test
  void imagesHaveTheOptionsAndTheListOfJarsOnceTheyAreMade() throws IOException {
    make(archives());

    assertThat(archives().made()).isTrue();
    assertThat(archives().layer().resolve("opt/spark/class-path.jar")).isRegularFile();
    assertThat(archives().layer().resolve("opt/sparkapp/driver/java.args"))
        .content()
        .startsWith("-Dother\n")
        .contains("-XX:SharedArchiveFile=\"" + archives().archive("driver") + "\"");
  }

  @Test
  void archivesOfAnotherBuildAreRemovedAndWhatItsImagesReferToStays() throws IOException {
    SparkArchives before = archives();
    make(before);
    write("driver/opt/sparkapp/driver/sparkapp-driver.jar", "another driver");

    archives().layer();
    archives().removeOthers();

    assertThat(before.archive("driver")).doesNotExist();
    assertThat(before.made()).isFalse();
    assertThat(before.layer().resolve("opt/sparkapp/driver/java.args")).exists();
  }

  private static void make(SparkArchives archives) throws IOException {
    archives.layer();
    archives.layOut();
    for (String role : SparkArchives.ROLES) {
      Files.writeString(archives.archive(role), "classes");
    }
    archives.publish();
  }

  private SparkArchives archives() {
    return SparkArchives.in(
        home.resolve("archives"),
        home.resolve("spark"),
        home.resolve("driver"),
        home.resolve("examples"));
  }

  private void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
