package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one application. */
@Command(
    name = "status",
    description = {
      "Shows how an application goes, on one screen.",
      "With --watch it is shown as it changes, to its end, and the exit code is 1 when it failed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp status flights",
      "  sparkapp status flights --watch",
      "  sparkapp status flights -o yaml"
    })
final class StatusCommand extends ClusterCommand {

  private static final int USUAL_WIDTH = 80;

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Option(
      names = {"-w", "--watch"},
      description = "Goes on to show it until it ends.")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "Prints ${COMPLETION-CANDIDATES} instead of the screen; wide is the list's line.")
  private OutputFormat format;

  @Override
  void check() {
    if (watch && format != null) {
      throw wrong("--watch shows the screen: leave it out, or -o out.");
    }
  }

  @Override
  ExitCode run(KubernetesClient client) throws InterruptedException {
    Applications applications = new Applications(client);
    if (format != null) {
      print(formatted(client, applications));
      return ExitCode.DONE;
    }
    SparkApp app = applications.get(name);
    if (watch) {
      return watch(client, applications);
    }
    screen(client, app).forEach(this::print);
    return ExitCode.DONE;
  }

  private String formatted(KubernetesClient client, Applications applications) {
    return switch (format) {
      case json, yaml -> new ObjectText(client).of(applications.whole(name), format);
      case name -> ObjectText.name(applications.get(name));
      case wide ->
          String.join(
              "\n",
              new ListScreen(false, true, Instant.now(), style(), Integer.MAX_VALUE)
                  .lines(List.of(new ListedApplication(applications.whole(name)))));
    };
  }

  private List<String> screen(KubernetesClient client, SparkApp app) {
    int width = Terminal.ofThisProcess().map(Terminal::columns).orElse(USUAL_WIDTH);
    return StatusScreen.lines(StatusView.of(client, app, cluster().options()), style(), width);
  }

  private ExitCode watch(KubernetesClient client, Applications applications)
      throws InterruptedException {
    Optional<LiveScreen> live =
        Terminal.ofThisProcess().map(terminal -> new LiveScreen(out(), terminal));
    ProgressLines news = new ProgressLines(name, false);
    Optional<SparkApp> ended =
        new ApplicationWatch(applications, name)
            .toItsEnd(
                app -> {
                  if (live.isEmpty()
                      && app.getStatus() != null
                      && app.getStatus().phase() != null) {
                    news.next(app.getStatus(), Instant.now()).ifPresent(this::print);
                  }
                },
                app -> live.ifPresent(screen -> screen.show(screen(client, app))));
    return ended
        .map(app -> app.getStatus().phase() == Phase.Succeeded ? ExitCode.DONE : ExitCode.FAILED)
        .orElse(ExitCode.UNREACHABLE);
  }
}
