package io.sparkapp.local.archives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class-data archives of one build and one JVM for the local cluster's driver and executor. A
 * JVM takes an archive only while the jars that it was made with lie where they lay, with the same
 * size and time; so they are made with the build's own files, to which those of all unpacked images
 * are links, and each build and JVM has a directory of its own.
 *
 * @param directory of this build and JVM
 * @param spark the image folder of Spark and the executor
 * @param driver that of the driver
 * @param examples that of the examples
 */
public record SparkArchives(Path directory, Path spark, Path driver, Path examples) {

  static final List<String> ROLES = List.of("driver", "executor");

  private static final String JARS = "opt/spark/jars";
  private static final String CLASS_PATH = "opt/spark/class-path.jar";

  /**
   * Those of the build that lies in the three folders now, and of this JVM.
   *
   * @param all where the archives of all builds and JVMs are
   */
  public static SparkArchives in(Path all, Path spark, Path driver, Path examples) {
    try {
      return new SparkArchives(all.resolve(key(List.of(spark, driver))), spark, driver, examples);
    } catch (IOException e) {
      throw new UncheckedIOException("The build can not be read", e);
    }
  }

  private static String key(List<Path> folders) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, System.getProperty("java.home"), System.getProperty("java.vm.version"));
      // An image without its folders is refused by name when it is asked for.
      for (Path folder : folders.stream().filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
            add(digest, file, Files.size(file), Files.getLastModifiedTime(file));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, Object... parts) {
    for (Object part : parts) {
      digest.update((part + "\0").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What both images have above all else; empty until the archives are there.
   *
   * @throws UncheckedIOException when it can not be made
   */
  public Path layer() {
    try {
      return Files.createDirectories(directory.resolve("layer"));
    } catch (IOException e) {
      throw new UncheckedIOException("Class-data archives have no place in " + directory, e);
    }
  }

  /** Whether they are there. */
  public boolean made() {
    return published() && ROLES.stream().map(this::archive).allMatch(Files::exists);
  }

  private boolean published() {
    return Files.exists(layer().resolve(CLASS_PATH));
  }

  /** What the class path of all JVMs of the role has to begin with. */
  String classPath(String role) {
    return directory.resolve("root").resolve(CLASS_PATH) + ":" + launcher(role);
  }

  /** Lays Spark's jars beside the list of them. */
  void layOut() throws IOException {
    Path jars = Files.createDirectories(directory.resolve("root").resolve(JARS));
    try (Stream<Path> files = Files.list(spark.resolve(JARS))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path link = jars.resolve(file.getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, file.toAbsolutePath());
      }
    }
    ClassPathJar.write(jars, directory.resolve("root").resolve(CLASS_PATH));
  }

  private Path folder(String role) {
    return (role.equals("driver") ? driver : spark).resolve("opt/sparkapp").resolve(role);
  }

  private Path launcher(String role) {
    return folder(role).resolve("sparkapp-" + role + ".jar");
  }

  /** The JVM's options of the role, as its image has them. */
  Path options(String role) {
    return folder(role).resolve("java.args");
  }

  Path archive(String role) {
    return directory.resolve(role + ".jsa");
  }

  Path examplesJar() {
    return examples.resolve("opt/sparkapp/examples/sparkapp-examples.jar");
  }

  Path log(String role) {
    return directory.resolve(role + ".log");
  }

  /** Gives them to all containers that start from now on, in one step. */
  void publish() throws IOException {
    if (published()) {
      return;
    }
    Path next = directory.resolve("layer.next");
    Files.createDirectories(next.resolve(CLASS_PATH).getParent());
    Path list = next.resolve(CLASS_PATH);
    Files.deleteIfExists(list);
    Files.createSymbolicLink(list, directory.resolve("root").resolve(CLASS_PATH));
    for (String role : ROLES) {
      Path options = next.resolve("opt/sparkapp").resolve(role).resolve("java.args");
      Files.createDirectories(options.getParent());
      Files.writeString(
          options,
          Files.readString(options(role)) + ArchiveOptions.lines("\"" + archive(role) + "\""));
    }
    Files.move(next, layer(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Removes the archives of other builds and JVMs, which are large. What refers to them stays: a
   * cluster of another build may still run, and its JVMs go on without.
   */
  void removeOthers() throws IOException {
    try (Stream<Path> all = Files.list(directory.getParent())) {
      for (Path other : all.filter(each -> !each.equals(directory)).toList()) {
        for (String role : ROLES) {
          Files.deleteIfExists(other.resolve(role + ".jsa"));
        }
      }
    }
  }
}
