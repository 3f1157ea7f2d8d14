package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.cli.EachApplication.Wish;
import io.sparkapp.crds.SparkApp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends applications, as {@code yarn application -kill}. */
@Command(
    name = "kill",
    description = {
      "Ends applications for good: their drivers, their executors and all that belongs to them.",
      "The application stays, as Failed, with who killed it and its driver's log; its timeToLive"
          + " deletes it as after any other end. With --delete nothing of it stays."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp kill flights",
      "  sparkapp kill flights delays --reason \"wrong input\"",
      "  sparkapp kill flights --delete"
    })
final class KillCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The applications.")
  private List<String> names;

  @Option(names = "--delete", description = "Deletes them, with their logs.")
  private boolean delete;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; their status tells it beside who killed them.")
  private String reason;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait until they have ended; ${DEFAULT-VALUE} when left out.")
  private int seconds;

  @Override
  ExitCode run(KubernetesClient client) {
    Applications applications = new Applications(client);
    EachApplication each = new EachApplication(this::tell);
    if (delete) {
      return each.of(names, name -> delete(applications, name));
    }
    Map<String, Object> kill = Map.of("kill", sentence(client));
    Wish end =
        new Wish(
            name -> kill(applications, name, kill), StatusScreen::isFinished, KillCommand::outcome);
    return each.askAndWait(applications, names, seconds, end, this::print);
  }

  private boolean kill(Applications applications, String name, Map<String, Object> kill) {
    SparkApp app = applications.get(name);
    if (StatusScreen.isFinished(app)) {
      print(name + " was over already: " + app.getStatus().phase() + ".");
      return false;
    }
    applications.patch(name, kill);
    return true;
  }

  private void delete(Applications applications, String name) {
    if (applications.resource(name).delete().isEmpty()) {
      throw applications.missing(name);
    }
    print("Deleted " + name + ".");
  }

  /** What the status will say after {@code Killed:}. */
  private String sentence(KubernetesClient client) {
    String who = WhoAmI.name(client).map(user -> "by request of " + user).orElse("by request");
    return reason == null ? who + "." : who + ": " + reason.strip().replaceAll("\\.$", "") + ".";
  }

  static String outcome(String name, Optional<SparkApp> app) {
    if (app.isEmpty()) {
      return name + " was deleted meanwhile.";
    }
    return StatusScreen.isFinished(app.get())
        ? name + " has ended. " + app.get().getStatus().message()
        : name + " is told to end; the operator has not answered yet.";
  }
}
