package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Helm takes the command lines of the docs: the chart is where they say, and its schema knows the
 * values that they set. That the chart works is {@code ChartE2E}'s.
 */
class HelmCommandsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> SWITCHES =
      Set.of("--create-namespace", "--reset-then-reuse-values", "--reuse-values");
  private static final String OLDEST_KUBERNETES = "1.30.0";

  static Stream<DocCommand> commands() throws IOException {
    return DocBlock.all(ROOT).stream()
        .flatMap(block -> block.commands().stream())
        .filter(command -> command.isTestedBy(HelmCommandsTest.class));
  }

  @TempDir Path scratch;

  @ParameterizedTest
  @MethodSource("commands")
  void helmTakesIt(DocCommand command) throws IOException {
    List<String> words = List.of(command.line().replaceFirst(" +#.*", "").split(" +"));
    switch (words.get(1)) {
      case "install", "upgrade" -> assertThat(rendered(words)).contains("kind: Deployment");
      case "test", "uninstall" ->
          assertThat(words).hasSize(5).startsWith("helm", words.get(1), "sparkapp", "--namespace");
      case "package" ->
          assertThat(ROOT.resolve(words.get(2)).resolve("Chart.yaml")).isRegularFile();
      default -> throw new AssertionError("Nobody tests helm " + words.get(1));
    }
  }

  private String rendered(List<String> words) throws IOException {
    TemplateCommand template =
        new Helm(withoutCluster(ROOT.resolve(words.get(3))))
            .template()
            .withName(words.get(2))
            .withKubeVersion(OLDEST_KUBERNETES);
    Iterator<String> options = words.subList(4, words.size()).iterator();
    while (options.hasNext()) {
      String option = options.next();
      if (option.equals("--namespace")) {
        template.withNamespace(options.next());
      } else if (option.equals("--set")) {
        String[] value = options.next().split("=", 2);
        template.set(value[0], value[1]);
      } else {
        assertThat(SWITCHES).contains(option);
      }
    }
    return template.call();
  }

  /** The same chart, which finds that nothing is there yet. */
  private Path withoutCluster(Path chart) throws IOException {
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = scratch.resolve(chart.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replaceAll("\\{\\{ lookup .* }}", "{}"));
      }
    }
    return scratch;
  }
}
