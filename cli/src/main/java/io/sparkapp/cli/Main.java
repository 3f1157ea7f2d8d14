package io.sparkapp.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command. */
@Command(
    name = "sparkapp",
    mixinStandardHelpOptions = true,
    version = "sparkapp 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "",
    description = {
      "Runs Apache Spark applications on Kubernetes, and shows how they go.",
      "",
      "Without --context or --kubeconfig the commands use the local cluster of this machine, which"
          + " sparkapp local up starts; as kubectl sparkapp they use the cluster that kubectl uses."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp run examples/pi.yaml          run an application and stay with it",
      "  sparkapp list --watch                  what runs and waits, as it changes",
      "  sparkapp status flights                one application on one screen",
      "  sparkapp explain flights               why it waits, or why it failed",
      "  sparkapp COMMAND --help                all about one command"
    })
public final class Main {

  static final String DEBUG = "--debug";

  private static final int HELP_WIDTH = 100;
  private static final List<String> VERSION = List.of("-V", "--version");

  @Option(
      names = DEBUG,
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of what goes wrong.")
  private boolean debug;

  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colours: ${COMPLETION-CANDIDATES}. With auto only on a terminal, and not where NO_COLOR"
              + " is set.")
  private Style.When color;

  private final Map<String, String> environment;

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    HeadStart.of(arguments);
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** With all commands. */
  static CommandLine commandLine() {
    return commandLine(System.getenv());
  }

  /**
   * With all commands.
   *
   * @param environment the variables that they read instead of this process' own
   */
  static CommandLine commandLine(Map<String, String> environment) {
    return commandLine(environment, Commands.all());
  }

  /** With the command that the arguments name, or with all when they name none. */
  static CommandLine commandLine(String... arguments) {
    return commandLine(System.getenv(), needed(arguments));
  }

  private static List<Commands.Entry> needed(String... arguments) {
    if (arguments.length == 0) {
      return Commands.all();
    }
    return VERSION.contains(arguments[0])
        ? List.of()
        : Commands.named(arguments[0]).map(List::of).orElseGet(Commands::all);
  }

  private static CommandLine commandLine(
      Map<String, String> environment, List<Commands.Entry> entries) {
    Main main = new Main(environment);
    CommandLine root = new CommandLine(main);
    // No lambdas where picocli's types are mentioned: see Failures.
    for (Commands.Entry entry : entries) {
      root.addSubcommand(entry.name(), entry.type());
    }
    if (KubectlPlugin.isThisProcess()) {
      root.setCommandName(KubectlPlugin.NAME);
    }
    SubmitCommand.asSparkSubmitParses(root);
    describe(root);
    Failures failures = new Failures();
    root.getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new GroupedCommands());
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(main.ansi()))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(HELP_WIDTH)
        .setExitCodeExceptionMapper(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private Ansi ansi() {
    return style(Style.When.auto).on() ? Ansi.ON : Ansi.OFF;
  }

  /** What is the same in every command's help. */
  private static void describe(CommandLine command) {
    Map<String, String> codes = ExitCode.list();
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes);
    for (CommandLine each : command.getSubcommands().values()) {
      describe(each);
    }
  }

  /** How text looks that a command prints to standard output. */
  static Style style(CommandSpec spec) {
    Main main = of(spec);
    return main.style(main.color);
  }

  private Style style(Style.When when) {
    return Style.of(
        when, Terminal.ofThisProcess(), environment.get("NO_COLOR"), environment.get("TERM"));
  }

  /** The variables that a command may read. */
  static Map<String, String> environment(CommandSpec spec) {
    return of(spec).environment;
  }

  /** Whether stack traces are wanted. */
  static boolean debug(CommandSpec spec) {
    return of(spec).debug;
  }

  private static Main of(CommandSpec spec) {
    return (Main) spec.root().userObject();
  }
}
