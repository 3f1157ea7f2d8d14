package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.applicationmaster.EventReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md} tells of each event that there is, and of no other. */
class EventsDocTest {

  private static final Path DOC = Path.of("..", "docs", "events.md");

  /** One row of a table: reason, type, when, what to do. */
  private record Row(String reason, String type, List<String> told) {}

  @Test
  void everyReasonIsInTheTableOfItsKindWithItsType() throws Exception {
    for (EventReason reason : EventReason.values()) {
      assertThat(rowsOf(reason.about().getSimpleName()))
          .as("rows under ## %s", reason.about().getSimpleName())
          .filteredOn(row -> row.reason().equals(reason.name()))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.type()).isEqualTo(reason.severity().name());
                assertThat(row.told()).hasSize(2).noneMatch(String::isBlank);
              });
    }
  }

  @Test
  void noTableHasAReasonThatIsNeverWritten() throws Exception {
    List<String> written = Arrays.stream(EventReason.values()).map(EventReason::name).toList();

    assertThat(rows(Files.readAllLines(DOC))).extracting(Row::reason).isSubsetOf(written);
  }

  private static List<Row> rowsOf(String kind) throws Exception {
    String text = Files.readString(DOC);
    int begin = text.indexOf("\n## " + kind + "\n");
    assertThat(begin).as("heading ## %s", kind).isNotNegative();
    int end = text.indexOf("\n## ", begin + 1);
    return rows(text.substring(begin, end < 0 ? text.length() : end).lines().toList());
  }

  private static List<Row> rows(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .map(
            cells ->
                new Row(
                    cells.get(0).replace("`", ""), cells.get(1), cells.subList(2, cells.size())))
        .toList();
  }
}
