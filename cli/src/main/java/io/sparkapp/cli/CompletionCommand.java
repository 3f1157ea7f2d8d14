package io.sparkapp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete words of this command. */
@Command(
    name = "completion",
    description = {
      "Prints a script that makes bash, zsh or fish complete words of this command.",
      "Commands, options and their values are completed, and names of applications, schedules,"
          + " queues, namespaces and contexts as the cluster has them."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(sparkapp completion bash)    in ~/.bashrc",
      "  source <(sparkapp completion zsh)     in ~/.zshrc, after compinit",
      "  sparkapp completion fish | source     in ~/.config/fish/config.fish"
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** Those that there is a script for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public Integer call() throws IOException {
    try (InputStream script =
        CompletionCommand.class.getResourceAsStream("completion." + shell.name())) {
      spec.commandLine().getOut().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    }
    return ExitCode.DONE.number();
  }
}
