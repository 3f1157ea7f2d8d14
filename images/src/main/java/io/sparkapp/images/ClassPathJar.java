package io.sparkapp.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An empty jar that names Spark's jars in its manifest. {@code java -cp jars/*} takes them in the
 * order in which the file system lists them, which differs between machines; a class-data archive
 * is used only with the order that it was made with.
 */
final class ClassPathJar {

  private ClassPathJar() {}

  /**
   * Writes the same bytes for the same names.
   *
   * @param jars the folder with the jars; the jar is to lie beside it
   */
  static void write(Path jars, Path jar) throws IOException {
    String classPath;
    try (Stream<Path> found = Files.list(jars)) {
      classPath =
          found
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .sorted()
              .map(name -> jars.getFileName() + "/" + name)
              .collect(Collectors.joining(" "));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Files.createDirectories(jar.getParent());
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
      entry.setLastModifiedTime(FileTime.from(Layer.MODIFIED));
      out.putNextEntry(entry);
      manifest.write(out);
      out.closeEntry();
    }
  }
}
