package io.sparkapp.cli.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What a jar says of its main class, as spark-submit reads it where no --class is given. */
final class JarManifest {

  private JarManifest() {}

  static Optional<String> mainClass(Locations locations, String jar) {
    String path =
        jar.startsWith("file:") ? jar.substring("file:".length()).replaceFirst("^/+", "/") : jar;
    Path file = locations.directory().resolve(path);
    if (path.contains("://") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (JarFile opened = new JarFile(file.toFile())) {
      return Optional.ofNullable(opened.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue(Attributes.Name.MAIN_CLASS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
