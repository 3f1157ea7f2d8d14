package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Placement;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what drivers and executors wrote. */
@Command(
    name = "logs",
    description = {
      "Prints the log of an application's driver, of one of its executors, or of all its pods.",
      "Executors' logs go with their pods; drivers' logs of the last two attempts stay."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp logs flights                    the driver's",
      "  sparkapp logs flights -f --tail 20       its last lines, and those that come",
      "  sparkapp logs flights --executor 1       executor 1's",
      "  sparkapp logs flights --all --since 5m   all pods', each line with whose it is",
      "  sparkapp logs flights --previous         the driver's of the attempt before"
    })
final class LogsCommand extends ClusterCommand {

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @ArgGroup(exclusive = true)
  private Whose whose = new Whose();

  @ArgGroup(exclusive = true)
  private Which which = new Which();

  @Mixin private LogOptions options;

  /** Whose log. */
  static final class Whose {
    @Option(names = "--executor", paramLabel = "N", description = "The log of executor N.")
    private Integer executor;

    @Option(names = "--all", description = "The logs of all pods, each line with whose it is.")
    private boolean all;
  }

  /** Of which attempt; the current one when nothing is said. */
  static final class Which {
    @Option(names = "--attempt", paramLabel = "N", description = "Of attempt N.")
    private Integer attempt;

    @Option(
        names = {"-p", "--previous"},
        description = "Of the attempt before the current one.")
    private boolean previous;
  }

  @Override
  void check() {
    options.check();
  }

  @Override
  ExitCode run(KubernetesClient client) throws InterruptedException {
    Applications applications = new Applications(client);
    SparkApp app = applications.get(name);
    if (options.follow() && which.attempt == null && !which.previous) {
      app = started(applications, app);
    }
    PodNames names = new PodNames(name, attempt(app));
    if (whose.all) {
      new AllLogs(client, applications.namespace(), names, options, style()).print(System.out);
      return ExitCode.DONE;
    }
    String pod = whose.executor == null ? names.driver() : names.executor(whose.executor);
    String role = whose.executor == null ? PodNames.DRIVER : PodNames.EXECUTOR;
    PodLog log = new PodLog(client, applications.namespace(), pod, role, options);
    if (!log.isThere()) {
      throw CommandFailure.notFound(
          "There is no pod " + pod + gone(app, whose.executor != null) + ".");
    }
    log.copy(
        (bytes, length) -> {
          System.out.write(bytes, 0, length);
          System.out.flush();
        });
    return ExitCode.DONE;
  }

  private static String gone(SparkApp app, boolean executor) {
    if (executor) {
      return "; an executor's log goes with its pod when it ends";
    }
    return app.getSpec().placement() == Placement.Client
        ? "; the driver runs where you started it, and so does its log"
        : "; it was deleted, or spec.retainDriver did not keep it";
  }

  /** Which attempt is meant, or why there is none. */
  private int attempt(SparkApp app) {
    Integer current = ApplicationState.status(app).attempt();
    if (current == null || ApplicationState.status(app).applicationId() == null) {
      throw CommandFailure.failed(
          "Application %s has not started yet: it has no log. sparkapp explain %s says why."
              .formatted(name, name));
    }
    int wanted = which.previous ? current - 1 : which.attempt == null ? current : which.attempt;
    if (wanted < 1 || wanted > current) {
      throw CommandFailure.notFound(
          which.previous
              ? "Application " + name + " is at its first attempt: there is none before it."
              : "Application %s has no attempt %d: it is at attempt %d."
                  .formatted(name, wanted, current));
    }
    return wanted;
  }

  /** Waits until its driver runs, for before there is no log. */
  private SparkApp started(Applications applications, SparkApp app) {
    if (hasLog(app)) {
      return app;
    }
    tell(
        Optional.ofNullable(ApplicationState.status(app).message())
            .map(message -> name + " has not started: " + message)
            .orElse(name + " has not started."));
    SparkApp there =
        applications
            .resource(name)
            .waitUntilCondition(
                seen -> seen == null || hasLog(seen), Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    if (there == null) {
      throw CommandFailure.failed(name + " was deleted.");
    }
    return there;
  }

  private static boolean hasLog(SparkApp app) {
    SparkAppStatus status = ApplicationState.status(app);
    return status.phase() == Phase.Running
        || status.phase() == Phase.Restarting
        || StatusScreen.isFinished(app);
  }
}
