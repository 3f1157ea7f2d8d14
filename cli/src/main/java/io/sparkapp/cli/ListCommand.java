package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists applications. */
@Command(name = "list", description = "Lists applications.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Those of all namespaces.")
  private boolean everywhere;

  @Override
  public Integer call() {
    try (KubernetesClient client = cluster.connect()) {
      var resources = client.resources(SparkApp.class);
      List<SparkApp> apps =
          new ArrayList<>(
              (everywhere
                      ? resources.inAnyNamespace()
                      : resources.inNamespace(client.getConfiguration().getNamespace()))
                  .list()
                  .getItems());
      apps.sort(
          Comparator.comparing((SparkApp app) -> app.getMetadata().getNamespace())
              .thenComparing(app -> app.getMetadata().getName()));
      if (apps.isEmpty()) {
        spec.commandLine().getErr().println("There are no applications.");
        return 0;
      }
      List<List<String>> rows = new ArrayList<>();
      rows.add(header());
      apps.forEach(app -> rows.add(row(app)));
      Table.lines(rows).forEach(spec.commandLine().getOut()::println);
      return 0;
    }
  }

  private List<String> header() {
    List<String> header = new ArrayList<>();
    if (everywhere) {
      header.add("NAMESPACE");
    }
    header.addAll(List.of("NAME", "PHASE", "PROGRESS", "EXECUTORS", "QUEUE", "AGE", "MESSAGE"));
    return header;
  }

  private List<String> row(SparkApp app) {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    List<String> row = new ArrayList<>();
    if (everywhere) {
      row.add(app.getMetadata().getNamespace());
    }
    row.add(app.getMetadata().getName());
    row.add(status.phase() == null ? "" : status.phase().name());
    row.add(status.progress() == null ? "" : status.progress().summary());
    row.add(status.executors() == null ? "" : status.executors().summary());
    row.add(app.getSpec().queue());
    row.add(Age.of(app.getMetadata().getCreationTimestamp(), Clock.systemUTC()));
    row.add(status.message() == null ? "" : status.message());
    return row;
  }
}
