package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.SparkApp;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Resumes applications that are suspended. */
@Command(
    name = "resume",
    description = "Starts a new attempt of applications that are suspended.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sparkapp resume flights")
final class ResumeCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The applications.")
  private List<String> names;

  @Override
  ExitCode run(KubernetesClient client) {
    Applications applications = new Applications(client);
    return new EachApplication(this::tell)
        .of(
            names,
            name -> {
              SparkApp app = applications.get(name);
              boolean suspended = app.getSpec().suspend();
              if (suspended) {
                applications.change(name, Map.of("suspend", false));
              }
              print(
                  suspended
                      ? name + " asks its queue for a new attempt."
                      : name + " was not suspended.");
            });
  }
}
