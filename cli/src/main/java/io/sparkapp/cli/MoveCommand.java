package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Circumstances;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves an application to another queue, as {@code yarn application -changeQueue}. */
@Command(
    name = "move",
    description = "Moves an application to another queue; one that runs keeps all that it holds.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sparkapp move flights analytics", "  sparkapp move flights analytics --wait 60"})
final class MoveCommand extends ClusterCommand {

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait until it is there; ${DEFAULT-VALUE} when left out.")
  private int seconds;

  @Parameters(index = "0", paramLabel = "NAME", description = "The application.")
  private String name;

  @Parameters(index = "1", paramLabel = "QUEUE", description = "The queue.")
  private String queue;

  @Override
  ExitCode run(KubernetesClient client) {
    new Queues(client).require(queue);
    Applications applications = new Applications(client);
    SparkApp app = applications.change(name, Map.of("queue", queue));
    ApplicationWait wait = new ApplicationWait(applications, seconds);
    Optional<SparkApp> seen = wait.until(name, now -> isOver(now) || isThere(now, app, queue));
    print(outcome(seen.orElse(null), queue));
    return ExitCode.DONE;
  }

  private static boolean isOver(SparkApp app) {
    return StatusScreen.isFinished(app);
  }

  /** The status speaks of the change, and of the new queue. */
  static boolean isThere(SparkApp app, SparkApp changed, String queue) {
    SparkAppStatus status = app.getStatus();
    Long since = changed.getMetadata().getGeneration();
    return status != null
        && queue.equals(status.queue())
        && (since == null
            || status.observedGeneration() != null && status.observedGeneration() >= since);
  }

  /** What became of the wish. */
  static String outcome(SparkApp app, String queue) {
    if (app == null) {
      return "The application was deleted meanwhile.";
    }
    String name = app.getMetadata().getName();
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    if (isOver(app)) {
      return name + " came to its end meanwhile: " + status.phase() + ".";
    }
    if (queue.equals(status.queue())) {
      return status.place() == null
          ? name + " is in queue " + queue + "."
          : name + " waits in queue " + queue + ", at place " + status.place() + " of its line.";
    }
    String why = status.message() == null ? "" : " " + status.message();
    return status.queue() == null
        ? name + " is to go to queue " + queue + "; the operator has not answered yet." + why
        : Circumstances.move(name, queue, status.queue()) + why;
  }
}
