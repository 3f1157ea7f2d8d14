package io.sparkapp.cli;

import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Progress;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.crds.StageNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An application's DAG of stages with a line on how far it is. */
final class DagScreen {

  private final SparkApp app;
  private final SparkAppStatus status;
  private final Progress progress;

  /**
   * @param request that of its attempt; while it runs it has the graph, afterwards the application
   */
  DagScreen(SparkApp app, Optional<ExecutorRequest> request) {
    this.app = app;
    this.status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    this.progress =
        Optional.ofNullable(status.progress())
            .filter(known -> StatusScreen.isFinished(app))
            .or(() -> request.map(each -> each.getSpec().progress()))
            .or(() -> Optional.ofNullable(status.progress()))
            .orElse(null);
  }

  /** The stages, lowest id first. */
  List<StageNode> graph() {
    return progress == null || progress.graph() == null ? List.of() : progress.graph();
  }

  List<String> lines(Clock clock, int columns, StagePen pen) {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    if (graph().isEmpty()) {
      lines.add(
          StatusScreen.isFinished(app)
              ? "Its driver has told of no stage."
              : "Its driver has told of no stage yet.");
      return lines;
    }
    lines.addAll(new StagePicture(progress, clock.instant(), columns, pen).lines());
    if (progress.stages() != null && progress.stages().total() > graph().size()) {
      lines.add("These are the latest " + graph().size() + " stages; Spark's own pages have all.");
    }
    return lines;
  }

  private String headline() {
    String text =
        app.getMetadata().getName()
            + ": "
            + (status.phase() == null ? "not seen by the operator yet" : status.phase().name());
    if (status.attempt() != null && status.attempt() > 1) {
      text += ", attempt " + status.attempt();
    }
    return progress == null || progress.stages() == null || progress.tasks() == null
        ? text
        : text
            + ", %d of %d stages, %d of %d tasks"
                .formatted(
                    progress.stages().done(),
                    progress.stages().total(),
                    progress.tasks().done(),
                    progress.tasks().total());
  }

  /** For Graphviz. */
  String dot() {
    String stages =
        graph().stream()
            .map(
                stage ->
                    "  %d [label=\"%d %s\\n%s, %d tasks\"]\n"
                        .formatted(
                            stage.stage(),
                            stage.stage(),
                            quoted(stage.name()),
                            stage.state(),
                            stage.tasks()))
            .collect(Collectors.joining());
    String edges =
        graph().stream()
            .flatMap(
                stage ->
                    stage.parents().stream()
                        .map(parent -> "  %d -> %d\n".formatted(parent, stage.stage())))
            .collect(Collectors.joining());
    return "digraph stages {\n  node [shape=box]\n" + stages + edges + "}";
  }

  private static String quoted(String name) {
    return name == null
        ? ""
        : name.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
