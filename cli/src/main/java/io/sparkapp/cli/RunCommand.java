package io.sparkapp.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs an application and stays with it to its end. */
@Command(
    name = "run",
    description = {
      "Runs the SparkApp of a file: applies it, prints the driver's output and the progress of its"
          + " stages, and ends when it ends. Ctrl-C stops the application.",
      "Exit code 0 only when the application succeeded."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp run examples/pi.yaml",
      "  sparkapp run examples/pi.yaml --context production -n jobs"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;

  @Parameters(paramLabel = "FILE", description = "A YAML file with one SparkApp.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    return new FollowedSubmission(cluster, ApplicationFile.read(file), Screen.ofThisProcess())
        .toItsEnd();
  }
}
