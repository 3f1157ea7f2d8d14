package io.sparkapp.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.local.archives.ClassPathJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathJarIT {

  @TempDir private Path folder;

  @Test
  void sparksJarsAreNamedInTheOrderOfTheirNames() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String name : new String[] {"b.jar", "c.jar", "a.jar", "notes.txt"}) {
      Files.writeString(jars.resolve(name), "");
    }

    ClassPathJar.write(jars, folder.resolve("one.jar"));
    ClassPathJar.write(jars, folder.resolve("other.jar"));

    try (JarFile jar = new JarFile(folder.resolve("one.jar").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
          .isEqualTo("jars/a.jar jars/b.jar jars/c.jar");
    }
    assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("other.jar"));
  }
}
