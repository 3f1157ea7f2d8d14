package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the DAG of an application's stages. */
@Command(
    name = "dag",
    description = {
      "Draws the stages of an application: which read what others wrote, how far each is.",
      "Parents stand above their children. Marks: ○ o waits, ▶ > runs, ● * done, ◌ - skipped, for",
      "what it would write is there, ✗ x failed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  sparkapp dag flights --watch", "  sparkapp dag flights -o dot"})
final class DagCommand extends ClusterCommand {

  private static final int USUAL_COLUMNS = 80;

  /** In what form the stages are printed. */
  enum Form {
    json,
    yaml,
    dot
  }

  @Parameters(paramLabel = "NAME", description = "The application.")
  private String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "Prints the stages as json, yaml or dot (Graphviz) instead of drawing them.")
  private Form form;

  @Option(names = "--ascii", description = "Draws without box-drawing characters.")
  private boolean ascii;

  @Option(
      names = {"-w", "--watch"},
      description = "Draws anew whenever something has changed, until the application has ended.")
  private boolean watch;

  @Override
  void check() {
    if (watch && form != null) {
      throw wrong("--watch draws and -o prints: leave one of them out.");
    }
  }

  @Override
  ExitCode run(KubernetesClient client) throws InterruptedException {
    Applications applications = new Applications(client);
    if (watch) {
      return watch(applications);
    }
    DagScreen screen = screen(applications, applications.get(name));
    if (form == null) {
      drawn(screen).forEach(this::print);
    } else {
      print(formatted(screen));
    }
    return ExitCode.DONE;
  }

  private static DagScreen screen(Applications applications, SparkApp app) {
    return new DagScreen(app, applications.request(app));
  }

  private String formatted(DagScreen screen) {
    return switch (form) {
      case json -> Serialization.asJson(screen.graph());
      case yaml -> Serialization.asYaml(screen.graph()).stripTrailing();
      case dot -> screen.dot();
    };
  }

  private List<String> drawn(DagScreen screen) {
    return screen.lines(
        Clock.systemUTC(),
        Terminal.ofThisProcess().map(Terminal::columns).orElse(USUAL_COLUMNS),
        new StagePen(!ascii && knowsBoxes(), style().on()));
  }

  /** Since Java 18 files are UTF-8 everywhere, and a terminal is what its locale says. */
  private static boolean knowsBoxes() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(encoding -> encoding != null && Charset.isSupported(encoding))
        .findFirst()
        .map(Charset::forName)
        .orElse(Charset.defaultCharset())
        .newEncoder()
        .canEncode("├▶█");
  }

  private ExitCode watch(Applications applications) throws InterruptedException {
    Consumer<List<String>> pictures =
        Terminal.ofThisProcess()
            .<Consumer<List<String>>>map(terminal -> new LiveScreen(out(), terminal)::show)
            .orElseGet(this::oneAfterTheOther);
    return new ApplicationWatch(applications, name)
            .toItsEnd(app -> {}, app -> pictures.accept(drawn(screen(applications, app))))
            .isPresent()
        ? ExitCode.DONE
        : ExitCode.UNREACHABLE;
  }

  /** Where nothing can be drawn in its own place: each picture that is not the one before it. */
  private Consumer<List<String>> oneAfterTheOther() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return picture -> {
      if (!picture.equals(last.getAndSet(picture))) {
        picture.forEach(this::print);
        print("");
      }
    };
  }
}
