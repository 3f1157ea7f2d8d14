package io.sparkapp.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars of classes that are on no class path of the tests: compiled here. */
final class TestJar {

  private TestJar() {}

  /**
   * Compiles one class.
   *
   * @param scratch a folder of the test
   * @param classPath jars that it needs, beside the test's own class path
   */
  static byte[] of(Path scratch, String className, String source, Path... classPath)
      throws IOException {
    String path = className.replace('.', '/');
    Path sources = Files.createTempDirectory(scratch, "sources");
    Path classes = Files.createTempDirectory(scratch, "classes");
    Path file = sources.resolve(path + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    String all =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path")),
                Stream.of(classPath).map(Path::toString))
            .reduce((a, b) -> a + ":" + b)
            .orElseThrow();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> arguments =
        List.of("-cp", all, "-proc:none", "-d", classes.toString(), file.toString());
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new AssertionError(errors.toString());
    }
    return zip(classes);
  }

  /** All files of a folder. */
  static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
