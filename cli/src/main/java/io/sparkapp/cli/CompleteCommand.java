package io.sparkapp.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the scripts of {@link CompletionCommand} ask, as kubectl's ask {@code __complete}. */
@Command(
    name = "__complete",
    hidden = true,
    description = "Prints how the last word may go on, one a line, with a tab and what it is.",
    footerHeading = "%nExample:%n",
    footer = "  sparkapp __complete -- logs fl")
final class CompleteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORD", arity = "0..*", description = "The words so far.")
  private List<String> words = List.of("");

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Completion completion = new Completion(Main.commandLine(), new ClusterNames(words));
    completion.of(words).forEach(candidate -> out.println(candidate.line()));
    return ExitCode.DONE.number();
  }
}
