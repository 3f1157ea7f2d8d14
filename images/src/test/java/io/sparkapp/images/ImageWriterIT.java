package io.sparkapp.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterIT {

  @TempDir private Path folder;
  private BaseImage base;

  @BeforeEach
  void makeBase() throws IOException {
    Path tar = DockerArchive.empty().layer(Map.of("bin/java", "")).write(folder.resolve("base"));
    base = new BaseImage("tar://" + tar);
  }

  @Test
  void theSameFilesMakeTheSameImageWheneverAndWhereverTheyWereWritten() throws IOException {
    Path one = file("one/app.jar", Instant.parse("2026-01-01T00:00:00Z"));
    Path other = file("other/app.jar", Instant.parse("2026-02-02T00:00:00Z"));

    assertThat(build(one, "caches")).isEqualTo(build(other, "other-caches"));
  }

  @Test
  void filesBelongToRootAndHaveTheTimeStampThatArchivesAreMadeWith() throws IOException {
    build(file("app.jar", Instant.now()), "caches");

    RootFileSystem root =
        RootFileSystem.unpack(folder.resolve("image.tar"), folder.resolve("root"));

    Path jar = root.folder().resolve("opt/app.jar");
    assertThat(Files.getLastModifiedTime(jar).toInstant()).isEqualTo(Layer.MODIFIED);
    assertThat(root.folder().resolve("bin/java")).exists();
  }

  @Test
  void aBaseThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new BaseImage("tar:///nowhere.tar").builder())
        .hasMessage("--base=tar:///nowhere.tar: there is no such file.");
    assertThatThrownBy(() -> new BaseImage("Not An Image").builder())
        .hasMessageContaining("Not An Image");
  }

  private String build(Path jar, String caches) throws IOException {
    ImagePlan plan =
        new ImagePlan(
            "app",
            "An application",
            List.of(new Layer("app", List.of(new Layer.Entry(jar, "/opt/app.jar")))),
            Map.of(),
            List.of("java"));
    return new ImageWriter(base, "1", folder.resolve(caches))
        .tar(plan, ImageWriter.name("test/app:1"), folder.resolve("image.tar"));
  }

  private Path file(String name, Instant modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "content");
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
