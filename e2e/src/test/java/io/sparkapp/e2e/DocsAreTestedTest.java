package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Somebody tests each command of README and {@code docs}, or the page's source says why nobody can.
 */
class DocsAreTestedTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String TESTS = "src/test/java";

  /** More of them, and the pages promise what nobody looks at. */
  private static final int MOST_UNTESTED = 8;

  private final List<DocBlock> blocks = DocBlock.all(ROOT);

  DocsAreTestedTest() throws IOException {}

  @Test
  void everyBlockOfCommandsSaysWhoTestsIt() {
    assertThat(blocks)
        .filteredOn(block -> !block.commands().isEmpty())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            block ->
                assertThat(block.testers().size() + block.untested().stream().count())
                    .as(
                        "%s: a line <!-- test: CLASS --> or <!-- not tested: WHY --> before it",
                        block)
                    .isPositive());
  }

  @Test
  void whoTestsIsThere() throws IOException {
    Set<String> classes = testClasses();

    assertThat(blocks).flatExtracting(DocBlock::testers).isNotEmpty().isSubsetOf(classes);
  }

  @Test
  void everyCommandIsTakenBySomebodyWhoCanRunIt() {
    assertThat(blocks)
        .flatExtracting(DocBlock::commands)
        .allSatisfy(command -> assertThat(isTaken(command)).as(command.toString()).isTrue());
  }

  @Test
  void fewAreNotTested() {
    assertThat(blocks)
        .filteredOn(block -> block.untested().isPresent())
        .hasSizeLessThan(MOST_UNTESTED);
  }

  @Test
  void anExampleIsRunAsItsFirstLineSaysAndByATest() throws IOException {
    String tests = allTests();
    try (Stream<Path> examples = Files.list(ROOT.resolve("examples"))) {
      for (Path example : examples.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        String name = example.getFileName().toString();
        String header =
            Files.readAllLines(example).stream()
                .takeWhile(line -> line.startsWith("#"))
                .collect(Collectors.joining("\n"));

        assertThat(tests).as("tests that run %s", name).contains('"' + name + '"');
        if (header.contains("./sparkapp run ")) {
          assertThat(header).contains("./sparkapp run examples/" + name);
        }
      }
    }
  }

  private static boolean isTaken(DocCommand command) {
    List<String> testers = command.block().testers();
    boolean byOthers =
        testers.stream()
            .anyMatch(
                each ->
                    !each.equals(DocsCommandsIT.class.getSimpleName())
                        && !each.equals(HelmCommandsTest.class.getSimpleName()));
    return command.isTestedBy(DocsCommandsIT.class)
        || command.isTestedBy(HelmCommandsTest.class)
        || byOthers
        || command.block().untested().isPresent();
  }

  private static Set<String> testClasses() throws IOException {
    return Sentences.sources(ROOT, TESTS).stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toSet());
  }

  private static String allTests() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : Sentences.sources(ROOT, TESTS)) {
      all.append(Files.readString(file));
    }
    return all.toString();
  }
}
