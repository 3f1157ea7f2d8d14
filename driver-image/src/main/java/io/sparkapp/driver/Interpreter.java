package io.sparkapp.driver;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Looks for the interpreter of a language in the driver's image. */
final class Interpreter {

  private Interpreter() {}

  /** Where the command is, on the {@code PATH} unless it has a path of its own. */
  static Optional<Path> find(String command) {
    if (command.contains("/")) {
      return Optional.of(Path.of(command)).filter(Files::isExecutable);
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
