package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sparkapp.crds.SparkApp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists applications. */
@Command(
    name = "list",
    description = {
      "Lists applications.",
      "With --watch they are shown as they change: in place on a terminal, elsewhere each change"
          + " as a line. What is over stays listed until its timeToLive is."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp list                           those of this namespace",
      "  sparkapp list -A --sort duration        all that you may see, the longest first",
      "  sparkapp list --phase Waiting,Failed    those in one of these phases",
      "  sparkapp list 'etl-*' --queue nightly   by name and queue",
      "  sparkapp list -l team=etl -o name       for other commands, by label",
      "  sparkapp list --watch                   as they change, until Ctrl-C"
    })
final class ListCommand extends ClusterCommand {

  /** Ages change without anything else. */
  private static final Duration REDRAW = Duration.ofSeconds(5);

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Those of all namespaces.")
  private boolean everywhere;

  @Mixin private ApplicationFilter filter;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      defaultValue = "name",
      description =
          "The order: ${COMPLETION-CANDIDATES}; the youngest, longest and largest come first.")
  private ApplicationOrder order;

  @Option(names = "--reverse", description = "The other way round.")
  private boolean reverse;

  @Option(
      names = {"-w", "--watch"},
      description = "Goes on to show what changes.")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "Prints ${COMPLETION-CANDIDATES} instead of the usual columns.")
  private OutputFormat format;

  @Override
  void check() {
    if (watch && format != null && format.isObjects()) {
      throw wrong("--watch shows lines: leave it out, or -o " + format + " out.");
    }
  }

  @Override
  ExitCode run(KubernetesClient client) throws InterruptedException {
    if (watch) {
      watch(client);
      return ExitCode.DONE;
    }
    List<ListedApplication> apps = sorted(read(client));
    if (format != null && format.isObjects()) {
      print(
          new ObjectText(client).of(apps.stream().map(ListedApplication::object).toList(), format));
      return ExitCode.DONE;
    }
    return shown(apps, client.getConfiguration().getNamespace());
  }

  @Override
  Optional<ExitCode> runPlainly() {
    if (watch || format != null && format.isObjects()) {
      return Optional.empty();
    }
    return cluster()
        .plainLogin(environment())
        .flatMap(
            login -> {
              String namespace = cluster().namespace().orElse(login.namespace());
              return PlainReader.of(login)
                  .flatMap(reader -> reader.items(path(namespace), filter.selector()))
                  .map(items -> items.stream().map(ListedApplication::of).toList())
                  .map(apps -> shown(sorted(apps), namespace));
            });
  }

  private String path(String namespace) {
    String root = "/apis/" + SparkApp.GROUP + "/" + SparkApp.VERSION;
    return root
        + (everywhere ? "" : "/namespaces/" + PlainReader.encoded(namespace))
        + "/sparkapps";
  }

  private ExitCode shown(List<ListedApplication> apps, String namespace) {
    if (format == OutputFormat.name) {
      apps.forEach(app -> print(ObjectText.name(app.object())));
    } else if (apps.isEmpty()) {
      tell(
          everywhere
              ? "There are no such applications."
              : "There are no such applications in namespace %s.".formatted(namespace));
    } else {
      screen().lines(apps).forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private List<ListedApplication> read(KubernetesClient client) {
    return ApplicationPages.all(filter.selector(), there(client)::list).stream()
        .map(ListedApplication::new)
        .toList();
  }

  private AnyNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      there(KubernetesClient client) {
    var resources = client.genericKubernetesResources(Kinds.SPARK_APP);
    return everywhere
        ? resources.inAnyNamespace()
        : resources.inNamespace(client.getConfiguration().getNamespace());
  }

  private List<ListedApplication> sorted(List<ListedApplication> apps) {
    var comparator = order.comparator(Instant.now());
    return apps.stream()
        .filter(filter)
        .sorted(reverse ? comparator.reversed() : comparator)
        .toList();
  }

  private ListScreen screen() {
    Optional<Terminal> terminal = Terminal.ofThisProcess();
    return new ListScreen(
        everywhere,
        format == OutputFormat.wide,
        Clock.systemUTC().instant(),
        style(),
        terminal.map(Terminal::columns).orElse(Integer.MAX_VALUE));
  }

  private void watch(KubernetesClient client) throws InterruptedException {
    Optional<LiveScreen> live =
        Terminal.ofThisProcess().map(terminal -> new LiveScreen(out(), terminal));
    ListWatch state = new ListWatch(filter);
    Changes<GenericKubernetesResource> changes = new Changes<>();
    try (SharedIndexInformer<GenericKubernetesResource> informer = informer(client, changes)) {
      while (informer.isRunning()) {
        for (Changes.Change<GenericKubernetesResource> change : changes.next(REDRAW)) {
          Optional<String> line =
              state.take(new ListedApplication(change.object()), change.gone(), this::line);
          if (live.isEmpty()) {
            line.ifPresent(this::print);
          }
        }
        live.ifPresent(screen -> screen.show(table(state)));
      }
    }
  }

  private String line(ListedApplication app) {
    return format == OutputFormat.name ? ObjectText.name(app.object()) : screen().line(app);
  }

  private List<String> table(ListWatch state) {
    List<ListedApplication> apps = sorted(state.apps());
    List<String> lines = new ArrayList<>();
    lines.add(ListScreen.summary(apps));
    lines.addAll(screen().lines(apps));
    return lines;
  }

  private SharedIndexInformer<GenericKubernetesResource> informer(
      KubernetesClient client, Changes<GenericKubernetesResource> changes) {
    var some =
        filter.selector() == null
            ? there(client)
            : there(client).withLabelSelector(filter.selector());
    return some.withLimit(ApplicationPages.PAGE).inform(changes, 0);
  }
}
