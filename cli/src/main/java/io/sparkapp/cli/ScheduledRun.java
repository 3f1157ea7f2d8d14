package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts a run by hand, as {@code kubectl create job --from=cronjob}. */
@Command(
    name = "run",
    description = {
      "Starts an application of a schedule's template now.",
      "It is no run of the schedule: neither concurrencyPolicy nor history count it. It is deleted"
          + " with the schedule."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sparkapp scheduled run nightly")
final class ScheduledRun extends ClusterCommand {

  @Parameters(paramLabel = "SCHEDULE", description = "The ScheduledSparkApp.")
  private String name;

  @Override
  ExitCode run(KubernetesClient client) {
    String app = new Schedules(client).run(name).getMetadata().getName();
    print("Started %s; sparkapp status %s shows how it goes.".formatted(app, app));
    return ExitCode.DONE;
  }
}
