package io.sparkapp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.sparkapp.cli.submit.Locations;
import io.sparkapp.cli.submit.Locations.Reach;
import io.sparkapp.cli.submit.ManifestWriter;
import io.sparkapp.cli.submit.Remark;
import io.sparkapp.cli.submit.Remark.Kind;
import io.sparkapp.cli.submit.SubmitOptions;
import io.sparkapp.cli.submit.SubmitOptions.DeployMode;
import io.sparkapp.cli.submit.SubmitTranslation;
import io.sparkapp.crds.Launcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes what spark-submit takes, and makes a SparkApp of it. */
@Command(
    name = "submit",
    description = {
      "Submits an application with spark-submit's options, and follows it to its end as run does."
          + " Each submission gets a name of its own, made of --name; --conf spark.sparkapp.name=NAME"
          + " sets it.",
      "What can not be honoured is refused, or said on standard error."
    },
    customSynopsis = "sparkapp submit [options] <app jar | python file | R file> [app arguments]",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp submit --class io.acme.Flights --num-executors 4 flights.jar 2013",
      "  sparkapp submit --dry-run -o yaml --py-files lib.zip flights.py"
    })
final class SubmitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ClusterChoice cluster;

  @Mixin private SubmitOptions options;

  @Option(
      names = "--image",
      description = "The image of driver and executors; without it the operator's own.")
  private String image;

  @Option(
      names = "--launcher",
      paramLabel = "WHERE",
      description = "Added: the image has Spark 4 and Java, and knows nothing of SparkApps.")
  private Launcher launcher;

  @Option(
      names = "--follow",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Stay to the end, with the driver's output and bars (the default); or return at once.")
  private boolean follow;

  @Option(
      names = "--dry-run",
      description = "Print the SparkApp, or with --deploy-mode client the command, and do nothing.")
  private boolean dryRun;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "With --dry-run: yaml (the default) or json.")
  private ConvertCommand.OutputFormat output;

  /** Options end where the application's file is named, later ones win, and @ means nothing. */
  static void asSparkSubmitParses(CommandLine root) {
    root.setExpandAtFiles(false);
    // No lambda: see Failures.
    CommandLine submit = root.getSubcommands().get("submit");
    if (submit != null) {
      submit.setStopAtPositional(true).setOverwrittenOptionsAllowed(true);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (output != null && !dryRun) {
      throw CommandFailure.badInput("-o goes with --dry-run.");
    }
    Map<String, String> environment = Main.environment(spec);
    Reach reach = cluster.isLocal() ? Reach.PODS : Reach.COMMAND;
    SubmitTranslation translation =
        SubmitTranslation.of(
            options, new Locations(Path.of("").toAbsolutePath(), reach), environment);
    if (translation.deployMode() == DeployMode.client) {
      return new ClientSubmission(cluster, options, image, spec.commandLine().getOut(), this::say)
          .run(dryRun, translation, environment);
    }
    told(translation.remarks());
    ObjectNode app = app(translation);
    if (dryRun) {
      spec.commandLine().getOut().print(printed(app));
      spec.commandLine().getOut().flush();
      return 0;
    }
    return submit(app, translation);
  }

  private ObjectNode app(SubmitTranslation translation) {
    if (image != null) {
      translation.draft().set("image", image);
    }
    if (launcher != null) {
      translation.draft().set("launcher", launcher.name());
    }
    cluster.namespace().ifPresent(name -> translation.draft().metadata().put("namespace", name));
    return translation.draft().manifest();
  }

  private String printed(ObjectNode app) {
    return output == ConvertCommand.OutputFormat.json
        ? ManifestWriter.json(List.of(app))
        : ManifestWriter.yaml(List.of(app));
  }

  /**
   * @throws CommandFailure when one of them says that it can not be done
   */
  private void told(List<Remark> remarks) {
    String refused =
        remarks.stream()
            .filter(remark -> remark.kind() == Kind.REFUSED)
            .map(Remark::line)
            .collect(Collectors.joining("\n"));
    if (!refused.isEmpty()) {
      throw CommandFailure.badInput(refused);
    }
    remarks.forEach(
        remark ->
            say(
                remark.kind() == Kind.LOST
                    ? remark.subject() + ": not carried over: " + remark.sentence()
                    : remark.line()));
  }

  private int submit(ObjectNode app, SubmitTranslation translation) throws Exception {
    if (!translation.properties().containsKey("spark.sparkapp.name")) {
      ObjectNode metadata = (ObjectNode) app.get("metadata");
      metadata.put("generateName", metadata.remove("name").asText() + "-");
    }
    if (options.verbose()) {
      say(printed(app).stripTrailing());
    }
    GenericKubernetesResource wanted =
        new ObjectMapper().convertValue(app, GenericKubernetesResource.class);
    FollowedSubmission submission = new FollowedSubmission(cluster, wanted, Screen.ofThisProcess());
    if (follow) {
      return submission.toItsEnd();
    }
    spec.commandLine().getOut().println("sparkapp/" + submission.alone().getName());
    return ExitCode.DONE.number();
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
