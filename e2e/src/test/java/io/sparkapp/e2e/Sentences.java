package io.sparkapp.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the product can say: the texts of its Java sources, each as long as no value stands in
 * between, and the messages of its CRDs' rules.
 */
final class Sentences {

  static final String MAIN = "src/main/java";
  private static final Pattern COMMENTS =
      Pattern.compile("/\\*.*?\\*/|^\\s*//[^\\n]*$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]++|\\\\.)*+)\"");
  private static final Pattern VALUE = Pattern.compile("%[0-9$]*[sd]|%n|\\{}");

  private Sentences() {}

  /** Of all modules. */
  static List<String> all(Path root) throws IOException {
    try (Stream<Path> definitions = Files.list(root.resolve("crds"))) {
      List<Path> sources = sources(root, MAIN);
      Stream<String> messages =
          definitions
              .filter(file -> file.toString().endsWith(".yml"))
              .map(Sentences::read)
              // A long text goes on in the next line.
              .map(text -> text.replaceAll("\\\\\\n\\s*\\\\?", "").replaceAll("\\n\\s*", " "));
      return Stream.concat(
              sources.stream().map(Sentences::read).flatMap(Sentences::texts), messages)
          .toList();
    }
  }

  /** Of one class; values have become {@code …}. */
  static List<String> of(Path source) {
    return texts(read(source)).map(text -> VALUE.matcher(text).replaceAll("…")).toList();
  }

  /**
   * The Java sources of all modules.
   *
   * @param folder {@code src/main/java} or {@code src/test/java}
   */
  static List<Path> sources(Path root, String folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module :
          modules.map(each -> each.resolve(folder)).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static Stream<String> texts(String source) {
    Matcher text =
        TEXT.matcher(COMMENTS.matcher(source).replaceAll("").replaceAll("\"\\s*\\+\\s*\"", ""));
    return text.results().map(found -> found.group(1).replace("\\\"", "\""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
