package io.sparkapp.local.archives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operator of a build that has no image, started as its image starts it: with its jars in the
 * order of their names, its options and a class-data archive.
 *
 * @param folder where all that is made here lies
 * @param jar the operator's own
 * @param options the JVM's, as the image has them but for the archive
 */
public record OperatorArchive(Path folder, Path jar, Path options) {

  private static final String JAR = "sparkapp-operator-.*\\.jar";

  /**
   * Makes the archive, by a training of some seconds.
   *
   * @param home the project's folder, where the operator was built
   * @param folder an empty one, or one that was used for this before
   * @throws IllegalStateException when the operator was not built
   * @throws IOException when the training fails; its log is named
   */
  public static OperatorArchive make(Path home, Path folder) throws IOException {
    Path built = home.resolve("operator/target").toAbsolutePath();
    OperatorArchive archive =
        new OperatorArchive(
            Files.createDirectories(folder).toAbsolutePath(),
            jar(built),
            home.resolve("operator/src/main/jvm/java.args"));
    archive.layOut(built.resolve("lib"));
    archive.train();
    return archive;
  }

  private static Path jar(Path built) throws IOException {
    if (Files.isDirectory(built.resolve("lib"))) {
      try (Stream<Path> files = Files.list(built)) {
        List<Path> jars = files.filter(file -> file.getFileName().toString().matches(JAR)).toList();
        if (!jars.isEmpty()) {
          return jars.get(0);
        }
      }
    }
    throw new IllegalStateException(
        "There is no operator's jar with its libraries in "
            + built
            + ": build it first, with mvn package -DskipTests.");
  }

  private void layOut(Path libraries) throws IOException {
    Path link = folder.resolve("lib");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, libraries);
    ClassPathJar.write(link, folder.resolve("class-path.jar"));
    Files.writeString(
        folder.resolve("java.args"),
        Files.readString(options) + ArchiveOptions.lines("\"" + file() + "\""));
  }

  private void train() throws IOException {
    Files.deleteIfExists(file());
    Path log = folder.resolve("training.log");
    List<String> command = java(options, List.of("-Xmx512m", "-XX:ArchiveClassesAtExit=" + file()));
    OperatorTraining.run(
        folder,
        folder.toString(),
        log,
        environment -> {
          ProcessBuilder builder =
              new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
          builder.environment().clear();
          builder.environment().putAll(environment);
          return builder.start();
        });
    if (!Files.exists(file())) {
      throw new IOException(
          "The operator in training made no class-data archive; see " + log + ".");
    }
  }

  /** The archive itself. */
  public Path file() {
    return folder.resolve("operator.jsa");
  }

  /**
   * The command of an operator with the archive.
   *
   * @param more options of its JVM besides
   */
  public List<String> command(List<String> more) {
    return java(folder.resolve("java.args"), more);
  }

  private List<String> java(Path arguments, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + arguments);
    command.addAll(more);
    command.addAll(
        List.of("-cp", folder.resolve("class-path.jar") + ":" + jar, OperatorTraining.MAIN));
    return command;
  }
}
