package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells what went wrong in one line, and the exit code that says it to programs.
 *
 * <p>A class and not three lambdas: to archive lambdas the JVM links the types that they mention,
 * and classes as old as picocli's, once linked, are left out of the archive.
 */
final class Failures
    implements IParameterExceptionHandler, IExecutionExceptionHandler, IExitCodeExceptionMapper {

  /** Of failures that nobody handles. */
  @Override
  public int getExitCode(Throwable failure) {
    return ExitCode.DEFECT.number();
  }

  /** Words that are not understood. */
  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command
        .getErr()
        .println(
            "%s.%s %s --help says what there is."
                .formatted(
                    wrong.getMessage().replaceAll("\\.$", ""),
                    Misspelling.hint(wrong),
                    command.getCommandSpec().qualifiedName()));
    return ExitCode.BAD_INPUT.number();
  }

  /** What a command met. */
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (Main.debug(command.getCommandSpec())) {
      failure.printStackTrace(command.getErr());
    }
    CommandFailure known = known(failure);
    command.getErr().println(known.getMessage());
    return known.exitCode();
  }

  private static CommandFailure known(Exception failure) {
    if (failure instanceof CommandFailure told) {
      return told;
    }
    if (failure instanceof KubernetesClientException refusal) {
      return Refusal.failure(refusal);
    }
    return CommandFailure.of(
        ExitCode.DEFECT,
        "This is a defect of sparkapp: %s. %s shows where; please report it."
            .formatted(failure, Main.DEBUG),
        failure);
  }
}
