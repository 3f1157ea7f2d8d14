package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Lists schedules. */
abstract class ScheduledList extends ClusterCommand {

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Those of all namespaces.")
  private boolean everywhere;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Prints ${COMPLETION-CANDIDATES} instead of the usual columns.")
  private OutputFormat format;

  @Override
  final ExitCode run(KubernetesClient client) {
    if (format != null && format.isObjects()) {
      var objects = client.genericKubernetesResources(Kinds.SCHEDULED_SPARK_APP);
      var there = everywhere ? objects.inAnyNamespace() : objects.inNamespace(namespace(client));
      print(new ObjectText(client).of(ApplicationPages.all(null, there::list), format));
      return ExitCode.DONE;
    }
    var schedules = client.resources(ScheduledSparkApp.class);
    var there = everywhere ? schedules.inAnyNamespace() : schedules.inNamespace(namespace(client));
    List<ScheduledSparkApp> all = ApplicationPages.all(null, there::list);
    if (format == OutputFormat.name) {
      all.forEach(schedule -> print(ObjectText.name(schedule)));
    } else if (all.isEmpty()) {
      tell(
          everywhere
              ? "There are no schedules."
              : "There are no schedules in namespace " + namespace(client) + ".");
    } else {
      new ScheduledScreen(everywhere, format == OutputFormat.wide, Instant.now(), style())
          .lines(all, runs(client))
          .forEach(this::print);
    }
    return ExitCode.DONE;
  }

  /** The runs that are still there, by namespace and name. */
  private Map<String, SparkApp> runs(KubernetesClient client) {
    var apps = client.resources(SparkApp.class);
    var there = everywhere ? apps.inAnyNamespace() : apps.inNamespace(namespace(client));
    List<SparkApp> runs = ApplicationPages.all(Schedules.LABEL, there::list);
    return runs.stream()
        .collect(
            Collectors.toMap(
                app -> app.getMetadata().getNamespace() + "/" + app.getMetadata().getName(),
                Function.identity()));
  }

  private static String namespace(KubernetesClient client) {
    return client.getConfiguration().getNamespace();
  }
}
