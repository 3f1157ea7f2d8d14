package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.crds.Phase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplicationListTest {

  private static final List<ApplicationRow> ROWS =
      List.of(
          row("a", "flights", Phase.Running, 40, "analytics", "2026-01-01T00:00:03Z"),
          row("b", "flights", Phase.Waiting, null, "etl", "2026-01-01T00:00:02Z"),
          row("a", "Words", Phase.Running, 80, "etl", "2026-01-01T00:00:01Z"),
          row("c", "new", null, null, "default", "2026-01-01T00:00:04Z"));

  @Test
  void theYoungestComeFirstWhenNothingIsSaid() {
    assertThat(list(Map.of()).rows())
        .extracting(ApplicationRow::created)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void whatIsSortedByIsSortedAndTiesAreByNamespaceAndName() {
    assertThat(list(Map.of("sort", "name")).rows())
        .extracting(row -> row.namespace() + "/" + row.name())
        .containsExactly("a/Words", "a/flights", "b/flights", "c/new");
    assertThat(list(Map.of("sort", "name", "descending", "true")).rows())
        .extracting(row -> row.namespace() + "/" + row.name())
        .containsExactly("c/new", "a/flights", "b/flights", "a/Words");
    assertThat(list(Map.of("sort", "progress", "descending", "true")).rows().get(0).name())
        .isEqualTo("Words");
  }

  @Test
  void filtersGoTogetherAndPhasesAreCountedWhateverPhaseIsAskedFor() {
    ApplicationList found = list(Map.of("text", "FLI", "phase", "Waiting"));

    assertThat(found.rows()).extracting(ApplicationRow::namespace).containsExactly("b");
    assertThat(found.phases()).isEqualTo(Map.of("Running", 1, "Waiting", 1));
    assertThat(found.all()).isEqualTo(4);
    assertThat(found.matching()).isEqualTo(1);
    assertThat(list(Map.of("namespace", "a", "queue", "etl")).rows())
        .extracting(ApplicationRow::name)
        .containsExactly("Words");
    assertThat(list(Map.of()).phases()).containsEntry("New", 1);
  }

  @Test
  void aPageBeyondTheLastIsTheLast() {
    List<ApplicationRow> many =
        IntStream.range(0, 101)
            .mapToObj(i -> row("a", "app-%03d".formatted(i), Phase.Running, i, "etl", "x"))
            .toList();

    ApplicationList last =
        ApplicationList.of(many, ListQuery.of(Map.of("page", "9", "sort", "name")));

    assertThat(last.pages()).isEqualTo(3);
    assertThat(last.page()).isEqualTo(2);
    assertThat(last.rows()).extracting(ApplicationRow::name).containsExactly("app-100");
    assertThat(ApplicationList.of(List.of(), ListQuery.of(Map.of())).pages()).isEqualTo(1);
  }

  @Test
  void aQueryThatMakesNoSenseIsRefusedByTheNameOfItsPart() {
    assertThatThrownBy(() -> ListQuery.of(Map.of("page", "-1")))
        .hasMessage("page can not be -1; it is a number from 0 to 1000000.");
    assertThatThrownBy(() -> ListQuery.of(Map.of("size", "many")))
        .hasMessage("size can not be many; it is a number from 1 to 200.");
    assertThatThrownBy(() -> ListQuery.of(Map.of("phase", "Lost")))
        .hasMessageStartingWith("phase can not be Lost; it is one of Waiting,");
  }

  private static ApplicationList list(Map<String, String> parameters) {
    return ApplicationList.of(ROWS, ListQuery.of(parameters));
  }

  private static ApplicationRow row(
      String namespace, String name, Phase phase, Integer percent, String queue, String created) {
    return new ApplicationRow(
        namespace, name, phase, "x", percent, null, 0, queue, null, null, 1, created, null, null);
  }
}
