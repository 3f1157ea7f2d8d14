package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodStatusesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant NOW = Instant.parse("2026-01-02T03:05:06.789Z");
  private static final ContainerPhase WAITING = new ContainerPhase.Waiting("ContainerCreating", "");
  private static final ContainerPhase RUNNING = new ContainerPhase.Running(START);

  @Test
  void aContainerBeingCreatedMakesThePodPending() {
    PodStatus status = status(List.of(), List.of(WAITING));

    assertThat(status.getPhase()).isEqualTo("Pending");
    assertThat(status.getContainerStatuses().get(0).getState().getWaiting().getReason())
        .isEqualTo("ContainerCreating");
    assertThat(condition(status, "Ready").getMessage())
        .isEqualTo("containers with unready status: [main-0]");
    assertThat(condition(status, "PodScheduled").getStatus()).isEqualTo("True");
  }

  @Test
  void allContainersRunningMakeItReady() {
    PodStatus status = status(List.of(ended(0)), List.of(RUNNING, RUNNING));

    assertThat(status.getPhase()).isEqualTo("Running");
    assertThat(status.getConditions()).allMatch(one -> one.getStatus().equals("True"));
    assertThat(status.getContainerStatuses()).allMatch(one -> one.getReady() && one.getStarted());
    assertThat(status.getContainerStatuses().get(0).getState().getRunning().getStartedAt())
        .isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void allContainersAtExitCodeZeroMakeItSucceed() {
    PodStatus status = status(List.of(), List.of(ended(0), ended(0)));

    assertThat(status.getPhase()).isEqualTo("Succeeded");
    assertThat(condition(status, "Ready").getReason()).isEqualTo("PodCompleted");
  }

  @Test
  void oneExitCodeMakesItFailWhenAllHaveEnded() {
    assertThat(status(List.of(), List.of(ended(0), RUNNING)).getPhase()).isEqualTo("Running");
    assertThat(status(List.of(), List.of(ended(3), RUNNING)).getPhase()).isEqualTo("Running");
    PodStatus status = status(List.of(), List.of(ended(3), ended(0)));
    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(status.getContainerStatuses().get(0).getState().getTerminated().getExitCode())
        .isEqualTo(3);
  }

  @Test
  void aFailedInitContainerFailsThePod() {
    assertThat(status(List.of(RUNNING), List.of(WAITING)).getPhase()).isEqualTo("Pending");
    assertThat(condition(status(List.of(RUNNING), List.of(WAITING)), "Initialized").getStatus())
        .isEqualTo("False");
    assertThat(status(List.of(ended(1)), List.of(WAITING)).getPhase()).isEqualTo("Failed");
  }

  @Test
  void aVerdictFailsThePodWhateverItsContainersDo() {
    PodView view =
        new PodView(
            "127.0.0.1",
            Optional.empty(),
            START,
            List.of(),
            List.of(view("main", WAITING)),
            Optional.of(new PodView.Verdict("DeadlineExceeded", "too long")));

    PodStatus status = PodStatuses.of(view, List.of(), NOW);

    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(status.getReason()).isEqualTo("DeadlineExceeded");
    assertThat(status.getMessage()).isEqualTo("too long");
  }

  @Test
  void aConditionKeepsItsTransitionTimeWhileItsStatusStays() {
    List<PodCondition> before =
        List.of(
            old("PodScheduled", "True"), old("Ready", "False"), old("ContainersReady", "False"));
    PodView view =
        new PodView(
            "127.0.0.1",
            Optional.of("127.1.0.1"),
            START,
            List.of(),
            List.of(view("main", RUNNING)),
            Optional.empty());

    PodStatus status = PodStatuses.of(view, before, NOW);

    assertThat(condition(status, "PodScheduled").getLastTransitionTime())
        .isEqualTo("2025-01-01T00:00:00Z");
    assertThat(condition(status, "Ready").getLastTransitionTime())
        .isEqualTo("2026-01-02T03:05:06Z");
    assertThat(status.getPodIP()).isEqualTo("127.1.0.1");
    assertThat(status.getPodIPs()).singleElement();
  }

  private static PodStatus status(List<ContainerPhase> init, List<ContainerPhase> main) {
    return PodStatuses.of(
        new PodView(
            "127.0.0.1",
            Optional.of("127.1.0.1"),
            START,
            views("init", init),
            views("main", main),
            Optional.empty()),
        List.of(),
        NOW);
  }

  private static List<ContainerView> views(String name, List<ContainerPhase> phases) {
    return IntStream.range(0, phases.size())
        .mapToObj(number -> view(name + "-" + number, phases.get(number)))
        .toList();
  }

  private static ContainerView view(String name, ContainerPhase phase) {
    return new ContainerView(name, "image:1", "image:1@abc", "process://1", phase);
  }

  private static ContainerPhase ended(int code) {
    return new ContainerPhase.Terminated(code, code == 0 ? "Completed" : "Error", "", START, NOW);
  }

  private static PodCondition old(String type, String status) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withLastTransitionTime("2025-01-01T00:00:00Z")
        .build();
  }

  private static PodCondition condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
