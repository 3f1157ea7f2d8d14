package io.sparkapp.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootFileSystemIT {

  @TempDir private Path folder;

  @Test
  void aLaterLayerReplacesFilesAndHidesOthers() throws IOException {
    Path tar =
        DockerArchive.empty()
            .layer(Map.of("etc/kept", "1", "etc/replaced", "1", "etc/hidden", "1", "var/all", "1"))
            .layer(Map.of("etc/replaced", "2", "etc/.wh.hidden", "", "var/.wh..wh..opq", ""))
            .write(folder.resolve("image.tar"));

    RootFileSystem root = RootFileSystem.unpack(tar, folder.resolve("root"));

    assertThat(root.folder().resolve("etc/kept")).hasContent("1");
    assertThat(root.folder().resolve("etc/replaced")).hasContent("2");
    assertThat(root.folder().resolve("etc/hidden")).doesNotExist();
    assertThat(root.folder().resolve("var")).isEmptyDirectory();
  }

  @Test
  void timeStampsAndEnvironmentAreTheImages() throws IOException {
    Path tar = DockerArchive.empty().layer(Map.of("jar", "x")).write(folder.resolve("image.tar"));

    RootFileSystem root = RootFileSystem.unpack(tar, folder.resolve("root"));

    assertThat(Files.getLastModifiedTime(root.folder().resolve("jar")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(86_400));
    assertThat(root.environment()).containsEntry("JAVA_HOME", "/opt/java");
  }

  @Test
  void aPathThatLeavesTheImageIsRefused() throws IOException {
    Path tar =
        DockerArchive.empty().layer(Map.of("../outside", "x")).write(folder.resolve("image.tar"));

    assertThatThrownBy(() -> RootFileSystem.unpack(tar, folder.resolve("root")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("../outside");
    assertThat(folder.resolve("outside")).doesNotExist();
  }
}
