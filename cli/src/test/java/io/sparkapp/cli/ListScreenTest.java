package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListScreenTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private static final ListedApplication FLIGHTS =
      app(
          "flights",
          "queue: etl, user: ann",
          "09:50",
          """
          {phase: Running, queue: etl, message: "stage 1 of 2", attempt: 2,
           started: "2026-01-01T09:55:00Z", driver: {pod: flights-2-driver},
           executors: {running: 3, summary: 3/4}, progress: {summary: 60%}}
          """);
  private static final ListedApplication DELAYS =
      app("delays", "queue: etl", "09:59", "{phase: Waiting, queue: etl, place: 2}");
  private static final ListedApplication PI =
      app(
          "pi",
          "user: eve",
          "08:00",
          """
          {phase: Failed, queue: default, message: "It\\nthrew.", started: "2026-01-01T08:00:00Z",
           ended: "2026-01-01T09:00:00Z"}
          """);
  private static final ListedApplication NEW = app("new", "user: ann", "10:00", "null");

  @Test
  void eachApplicationIsALine() {
    assertThat(screen(false, false).lines(List.of(FLIGHTS, DELAYS, PI, NEW)))
        .containsExactly(
            "NAME      PHASE     PROGRESS   EXECUTORS   QUEUE     PLACE   AGE   DURATION   MESSAGE",
            "flights   Running   60%        3/4         etl               10m   5m         stage 1 of 2",
            "delays    Waiting                          etl       2       60s",
            "pi        Failed                           default           2h    60m        It threw.",
            "new                                        default           0s");
  }

  @Test
  void wideHasMoreColumnsAndAllNamespacesTheirOwn() {
    assertThat(screen(true, true).lines(List.of(FLIGHTS)))
        .containsExactly(
            "NAMESPACE   NAME      PHASE     PROGRESS   EXECUTORS   QUEUE   PLACE   AGE   DURATION   USER   PRIORITY   ATTEMPT   DRIVER             MESSAGE",
            "jobs        flights   Running   60%        3/4         etl             10m   5m         ann               2         flights-2-driver   stage 1 of 2");
  }

  @Test
  void aPhaseHasItsColourOnATerminalAndLinesAreCutAtItsEdge() {
    List<String> lines =
        new ListScreen(false, false, NOW, new Style(true), 20).lines(List.of(FLIGHTS));

    assertThat(lines)
        .containsExactly(
            "\u001b[1mNAME\u001b[0m      \u001b[1mPHASE\u001b[0m",
            "flights   \u001b[34mRunning\u001b[0m");
  }

  @Test
  void ordersAreWhatPeopleLookForFirst() {
    assertThat(ordered(ApplicationOrder.name)).containsExactly("delays", "flights", "new", "pi");
    assertThat(ordered(ApplicationOrder.age)).containsExactly("new", "delays", "flights", "pi");
    assertThat(ordered(ApplicationOrder.phase)).containsExactly("delays", "new", "flights", "pi");
    assertThat(ordered(ApplicationOrder.queue)).containsExactly("new", "pi", "delays", "flights");
    assertThat(ordered(ApplicationOrder.user)).containsExactly("flights", "new", "pi", "delays");
    assertThat(ordered(ApplicationOrder.duration))
        .containsExactly("pi", "flights", "delays", "new");
    assertThat(ordered(ApplicationOrder.executors))
        .containsExactly("flights", "delays", "new", "pi");
  }

  @Test
  void filtersNarrowDownAndTogetherAllOfThemHold() {
    assertThat(filtered(filter(List.of(), List.of(), List.of(), List.of()))).hasSize(4);
    assertThat(filtered(filter(List.of("*l*s", "p?"), List.of(), List.of(), List.of())))
        .containsExactly("flights", "delays", "pi");
    assertThat(filtered(filter(List.of(), List.of(Phase.Waiting), List.of(), List.of())))
        .containsExactly("delays", "new");
    assertThat(filtered(filter(List.of(), List.of(Phase.Running), List.of("etl"), List.of("ann"))))
        .containsExactly("flights");
    assertThat(filtered(filter(List.of(), List.of(), List.of("etl"), List.of("eve")))).isEmpty();
  }

  @Test
  void aWatchTellsOnlyWhatIsNew() {
    ListWatch watch = new ListWatch(app -> !app.name().equals("pi"));

    assertThat(watch.take(FLIGHTS, false, screen(false, false)::line))
        .contains("flights   Running   60%   3/4   etl   10m   5m   stage 1 of 2");
    assertThat(watch.take(FLIGHTS, false, screen(false, false)::line)).isEmpty();
    assertThat(watch.take(PI, false, screen(false, false)::line)).isEmpty();
    assertThat(watch.apps()).containsExactly(FLIGHTS);
    assertThat(watch.take(PI, true, screen(false, false)::line)).isEmpty();
    assertThat(watch.take(FLIGHTS, true, screen(false, false)::line))
        .isEqualTo(Optional.of("flights   deleted"));
    assertThat(watch.apps()).isEmpty();
  }

  @Test
  void theSummaryCountsPhases() {
    assertThat(ListScreen.summary(List.of(FLIGHTS, DELAYS, PI, NEW)))
        .isEqualTo("4 applications: 2 waiting, 1 running, 1 failed");
    assertThat(ListScreen.summary(Collections.emptyList())).isEqualTo("0 applications");
  }

  private static ListScreen screen(boolean namespaces, boolean wide) {
    return new ListScreen(namespaces, wide, NOW, Style.PLAIN, Integer.MAX_VALUE);
  }

  private static ApplicationFilter filter(
      List<String> names, List<Phase> phases, List<String> queues, List<String> users) {
    return new ApplicationFilter(names, phases, queues, users);
  }

  private static List<String> filtered(ApplicationFilter filter) {
    return Stream.of(FLIGHTS, DELAYS, PI, NEW).filter(filter).map(app -> app.name()).toList();
  }

  private static List<String> ordered(ApplicationOrder order) {
    return Stream.of(PI, NEW, FLIGHTS, DELAYS)
        .sorted(order.comparator(NOW))
        .map(app -> app.name())
        .toList();
  }

  private static ListedApplication app(String name, String spec, String created, String status) {
    return new ListedApplication(
        Serialization.unmarshal(
            "---\n{metadata: {name: %s, namespace: jobs, creationTimestamp: \"2026-01-01T%s:00Z\"}, spec: {%s}, status: %s}"
                .formatted(name, created, spec, status),
            GenericKubernetesResource.class));
  }
}
