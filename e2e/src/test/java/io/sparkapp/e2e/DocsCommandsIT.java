package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.e2e.LocalInstallation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages tell to type is typed, page by page and line by line. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocsCommandsIT {

  /** Which end with a cluster that has nothing left. */
  private static final int BEFORE_THE_PAGES = 1;

  @RegisterExtension static final OwnLocalCluster local = new OwnLocalCluster();

  private static final Path ROOT =
      Path.of(System.getProperty("sparkapp.home")).toAbsolutePath().normalize();

  /** They end what the other pages need: the local cluster, and the CRDs. */
  private static final List<String> LAST = List.of("docs/command.md", "docs/install.md");

  @TempDir Path scratch;

  static Stream<String> pages() throws IOException {
    return DocBlock.all(ROOT).stream()
        .filter(block -> isTyped(block) || block.printedBy().isPresent())
        .map(DocBlock::page)
        .distinct()
        .sorted(Comparator.comparing(LAST::indexOf));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatThePageTellsToTypeWorks(String page) throws Exception {
    DocWorld world = new DocWorld(local, scratch, ROOT);
    world.prepare(page);
    for (DocBlock block : DocBlock.of(ROOT, ROOT.resolve(page))) {
      if (block.language().equals("yaml")) {
        world.check(block);
      }
      for (DocCommand command : block.commands()) {
        if (command.isTestedBy(DocsCommandsIT.class)) {
          world.lookAfterFlights(command);
          run(world, command);
        }
      }
      if (block.printedBy().isPresent()) {
        assertThat(
                columns(world.type(block.printedBy().get()).out().lines().findFirst().orElse("")))
            .as(block.toString())
            .isEqualTo(columns(block.lines().get(0)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"examples/queues.yaml", "examples/scheduled.yaml", "examples/suspend.yaml"})
  @Order(BEFORE_THE_PAGES)
  void whatTheHeadOfAnExampleTellsToTypeWorks(String example) throws Exception {
    DocWorld world = new DocWorld(local, scratch, ROOT);
    world.prepare(example);
    assertThat(world.type("kubectl apply -f " + example).exitCode()).isZero();
    List<DocCommand> commands = DocBlock.headOf(ROOT, example).commands();
    assertThat(commands).isNotEmpty();
    for (DocCommand command : commands) {
      run(world, command);
    }
    world.type("kubectl delete --ignore-not-found -f " + example);
  }

  private static void run(DocWorld world, DocCommand command) throws Exception {
    if (command.isEndless()) {
      assertThat(world.watch(command.typed())).as(command.toString()).isNotBlank();
      return;
    }
    Result result = world.type(command.typed());
    assertThat(result.exitCode())
        .as(command + System.lineSeparator() + result.all())
        .isEqualTo(command.block().exitCode());
    assertThat(result.all()).as(command.toString()).doesNotContain("\tat ");
  }

  private static boolean isTyped(DocBlock block) {
    return block.commands().stream().anyMatch(each -> each.isTestedBy(DocsCommandsIT.class));
  }

  private static List<String> columns(String header) {
    return Arrays.asList(header.strip().split(" {2,}"));
  }
}
