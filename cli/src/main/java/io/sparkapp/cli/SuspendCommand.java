package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.cli.EachApplication.Wish;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Suspends applications. */
@Command(
    name = "suspend",
    description =
        "Ends what runs of applications and frees all of it; sparkapp resume starts a new attempt.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sparkapp suspend flights")
final class SuspendCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The applications.")
  private List<String> names;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait until they are suspended; ${DEFAULT-VALUE} when left out.")
  private int seconds;

  @Override
  ExitCode run(KubernetesClient client) {
    Applications applications = new Applications(client);
    Wish stop =
        new Wish(
            name -> {
              applications.change(name, Map.of("suspend", true));
              return true;
            },
            SuspendCommand::isSettled,
            SuspendCommand::outcome);
    return new EachApplication(this::tell)
        .askAndWait(applications, names, seconds, stop, this::print);
  }

  private static boolean isSettled(SparkApp app) {
    return ApplicationState.status(app).phase() == Phase.Suspended || StatusScreen.isFinished(app);
  }

  static String outcome(String name, Optional<SparkApp> app) {
    if (app.isEmpty()) {
      return name + " was deleted meanwhile.";
    }
    Phase phase = ApplicationState.status(app.get()).phase();
    if (phase == Phase.Suspended) {
      return name + " is suspended; sparkapp resume " + name + " starts it again.";
    }
    return StatusScreen.isFinished(app.get())
        ? name + " came to its end meanwhile: " + phase + "."
        : name + " is told to stop; the operator has not answered yet.";
  }
}
