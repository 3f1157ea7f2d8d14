package io.sparkapp.local.archives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An empty jar that names the jars of a folder in its manifest. {@code java -cp jars/*} takes them
 * in the order in which the file system lists them, which differs between machines; a class-data
 * archive is used only with the order that it was made with.
 */
public final class ClassPathJar {

  /** Of its one entry, as images have it: not the time at which it was written. */
  private static final FileTime MODIFIED = FileTime.from(Instant.ofEpochSecond(1));

  private ClassPathJar() {}

  /**
   * Writes the same bytes for the same names.
   *
   * @param jars the folder with the jars; the jar is to lie beside it
   */
  public static void write(Path jars, Path jar) throws IOException {
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
      entry.setLastModifiedTime(MODIFIED);
      out.putNextEntry(entry);
      manifest.write(out);
      out.closeEntry();
    }
  }
}
