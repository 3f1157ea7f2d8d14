package io.sparkapp.cli.convert;

import io.sparkapp.cli.submit.ManifestWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The inputs of this folder, and what is expected of each. */
final class ConvertedFiles {

  private ConvertedFiles() {}

  /** All inputs, by name. */
  static List<Path> inputs() {
    try (Stream<Path> files = Files.list(folder().resolve("in"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Conversion convert(Path input) throws IOException {
    return Converter.convert(Files.readString(input), Optional.empty());
  }

  /** What goes to standard output. */
  static String manifests(Conversion conversion) {
    return ManifestWriter.yaml(conversion.manifests());
  }

  /** What goes to standard error. */
  static String findings(Path input, Conversion conversion) {
    return conversion.findings().stream()
        .map(finding -> finding.line(input.getFileName().toString()) + "\n")
        .collect(Collectors.joining());
  }

  static Path expected(Path input, String suffix) {
    return input.resolveSibling("../out/" + input.getFileName() + suffix).normalize();
  }

  private static Path folder() {
    try {
      Path compiled = Path.of(ConvertedFiles.class.getResource("/convert").toURI());
      // The sources themselves, so that they can be written anew.
      Path source = compiled.resolve("../../../src/test/resources/convert").normalize();
      return Files.isDirectory(source) ? source : compiled;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
