package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command. */
@Command(
    name = "sparkapp",
    mixinStandardHelpOptions = true,
    version = "sparkapp 0.1.0",
    description = "Runs Apache Spark applications on Kubernetes.",
    subcommands = {
      RunCommand.class,
      ListCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      KillCommand.class,
      LocalCommand.class
    },
    footer = {
      "",
      "Without --context the commands use the local cluster of this machine.",
      "",
      "Exit codes: 0 done, or the application succeeded; 1 it failed; 2 bad input."
    })
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              CommandLine command = wrong.getCommandLine();
              command
                  .getErr()
                  .println(
                      "%s. %s --help says what there is."
                          .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()));
              return CommandFailure.BAD_INPUT;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof CommandFailure known) {
                command.getErr().println(known.getMessage());
                return known.exitCode();
              }
              if (failure instanceof KubernetesClientException refusal) {
                command.getErr().println(Refusal.sentences(refusal));
                return CommandFailure.FAILED;
              }
              throw failure;
            });
  }
}
