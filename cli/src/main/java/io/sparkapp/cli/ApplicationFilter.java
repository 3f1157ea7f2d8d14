package io.sparkapp.cli;

import io.sparkapp.crds.Phase;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which applications of a namespace are meant; what is not said matters not. */
final class ApplicationFilter implements Predicate<ListedApplication> {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only these; with * and ? for any letters.")
  private List<String> names = List.of();

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      split = ",",
      description = "Only those in one of these phases: ${COMPLETION-CANDIDATES}.")
  private List<Phase> phases = List.of();

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      split = ",",
      description = "Only those of one of these queues.")
  private List<String> queues = List.of();

  @Option(
      names = "--user",
      paramLabel = "USER",
      split = ",",
      description = "Only those of one of these users (spec.user).")
  private List<String> users = List.of();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description = "Only those with these labels, as team=etl,stage!=test.")
  private String selector;

  ApplicationFilter() {}

  ApplicationFilter(
      List<String> names, List<Phase> phases, List<String> queues, List<String> users) {
    this.names = names;
    this.phases = phases;
    this.queues = queues;
    this.users = users;
  }

  /** What the API server itself can look at; null for nothing. */
  String selector() {
    return selector;
  }

  @Override
  public boolean test(ListedApplication app) {
    return isNamed(app.name())
        && (phases.isEmpty() || phases.contains(app.phaseOrWaiting()))
        && (queues.isEmpty() || queues.contains(app.queue()))
        && (users.isEmpty() || users.contains(app.user().orElse("")));
  }

  private boolean isNamed(String name) {
    return names.isEmpty()
        || names.stream()
            .anyMatch(
                pattern ->
                    FileSystems.getDefault()
                        .getPathMatcher("glob:" + pattern)
                        .matches(Path.of(name)));
  }
}
