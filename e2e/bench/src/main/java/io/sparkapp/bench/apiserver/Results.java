package io.sparkapp.bench.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where raw figures are kept. */
public final class Results {

  private Results() {}

  /** A file among the results. */
  public static Path file(String name) {
    String directory = System.getenv("BENCH_RESULTS");
    return (directory == null ? Path.of("target/results") : Path.of(directory)).resolve(name);
  }

  /** Appends a line with tabs between the columns. */
  public static void note(String file, Object... columns) {
    String line = Arrays.stream(columns).map(String::valueOf).collect(Collectors.joining("\t"));
    System.out.println(file + ": " + line.replace('\t', ' '));
    try {
      Files.writeString(
          file(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The figures can not be kept in " + file(file), e);
    }
  }

  /** Whether Spark's own is to be measured with the JVM options that ours has too. */
  public static boolean alikeToo() {
    return Boolean.getBoolean("alike");
  }

  /** Whether only the short form is asked for. */
  public static boolean shortForm() {
    return "short".equals(System.getenv("BENCH_FORM"));
  }
}
