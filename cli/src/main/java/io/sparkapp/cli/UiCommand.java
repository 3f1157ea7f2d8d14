package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens Spark's own UI of an application. */
@Command(
    name = "ui",
    description = {
      "Opens the Spark UI of an application that runs, through a port of this machine.",
      "The port stays open until the driver ends or Ctrl-C comes. For one that has ended the history"
          + " server has it, where there is one and the application wrote an event log."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp ui flights",
      "  sparkapp ui flights --no-open --port 4041",
      "  sparkapp ui flights --history https://history.example.com"
    })
final class UiCommand extends ClusterCommand {

  private static final String ON_THIS_MACHINE = "http://127.0.0.1:";

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Option(names = "--no-open", description = "Prints the address and opens no browser.")
  private boolean noOpen;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port on this machine; any free one when left out.")
  private int port;

  @Option(
      names = "--history",
      paramLabel = "URL",
      defaultValue = "${env:SPARKAPP_HISTORY_SERVER}",
      description = "Where your history server is; SPARKAPP_HISTORY_SERVER when left out.")
  private String history;

  @Override
  ExitCode run(KubernetesClient client) throws IOException {
    Applications applications = new Applications(client);
    SparkApp app = applications.get(name);
    if (StatusScreen.isFinished(app)) {
      String url = SparkUi.history(app, Optional.ofNullable(history));
      show(url);
      return ExitCode.DONE;
    }
    int uiPort = SparkUi.port(app);
    if (cluster().isLocal()) {
      // Its pods are processes of this machine, and their addresses this machine's own.
      show("http://" + app.getStatus().driver().address() + ":" + uiPort);
      return ExitCode.DONE;
    }
    try (LocalPortForward forward =
        client
            .pods()
            .inNamespace(applications.namespace())
            .withName(app.getStatus().driver().pod())
            .portForward(uiPort, port)) {
      show(ON_THIS_MACHINE + forward.getLocalPort());
      applications
          .resource(name)
          .waitUntilCondition(
              seen -> seen == null || ApplicationState.status(seen).phase() != Phase.Running,
              Long.MAX_VALUE,
              TimeUnit.NANOSECONDS);
      tell("The driver of " + name + " has ended, and its UI with it.");
    }
    return ExitCode.DONE;
  }

  private void show(String url) throws IOException {
    print(url);
    out().flush();
    if (noOpen || Terminal.ofThisProcess().isEmpty()) {
      return;
    }
    Optional<ProcessBuilder> browser =
        Browser.opening(url, System.getProperty("os.name"), System.getenv());
    if (browser.isPresent()) {
      browser.get().start();
    } else {
      tell("No browser is found here: open the address above yourself.");
    }
  }

  /** How a browser is opened on this machine. */
  static final class Browser {

    private Browser() {}

    /** Empty where there is no desktop. */
    static Optional<ProcessBuilder> opening(
        String url, String system, Map<String, String> environment) {
      Optional<String> command =
          system.startsWith("Mac")
              ? Optional.of("open")
              : Programs.find("xdg-open", environment.get("PATH"))
                  .filter(
                      found ->
                          environment.containsKey("DISPLAY")
                              || environment.containsKey("WAYLAND_DISPLAY"));
      return command.map(
          program ->
              new ProcessBuilder(program, url)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.DISCARD));
    }
  }
}
