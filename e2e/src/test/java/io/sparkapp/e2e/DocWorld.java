package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.crds.Phase;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the pages take for granted: this checkout as the directory that one is in, {@code sparkapp}
 * on the PATH, a context {@code production}, the applications, queues and schedules that they name.
 */
final class DocWorld {

  private static final String FLIGHTS = "flights";
  private static final String FIRST_ATTEMPT = FLIGHTS + "-1";

  /** Something that runs for as long as it is looked at, with one executor, and is tried again. */
  private static final String LONG_FLIGHTS =
      ExampleProgram.manifest(FLIGHTS, "SlowCount", List.of("1000", "2000"), 1)
              .replace("driver: {", "driver: {cpuRequest: 100m, ")
              .replace("executor: {", "executor: {cpuRequest: 100m, ")
          + "  restart: {policy: OnFailure, maxAttempts: 3, backoff: 1s}\n";

  private final OwnLocalCluster local;
  private final Path directory;
  private final Path home;
  private final Path exported;
  private int others;

  /**
   * @param directory an empty one
   * @param root the checkout
   */
  DocWorld(OwnLocalCluster local, Path directory, Path root) throws IOException {
    this.local = local;
    this.directory = Files.createDirectory(directory.resolve("checkout"));
    this.home = Files.createDirectories(directory.resolve("home"));
    this.exported = directory.resolve("exported");
    Files.createDirectories(home.resolve(".local/bin"));
    new DocFiles(root, this.directory).write();
  }

  /** Makes what a page needs. */
  void prepare(String page) throws Exception {
    String path = "%s:%s".formatted(directory, System.getenv("PATH"));
    Files.writeString(
        exported,
        "export PATH='%s' HOME='%s' XDG_CACHE_HOME='%s'%n".formatted(path, home, cache()));
    succeed("eval \"$(./sparkapp local up --export)\"");
    if (page.equals("docs/install.md")) {
      succeed("kubectl delete namespace jobs --ignore-not-found");
      // What other pages left running is in queues, and those are deleted here.
      succeed("kubectl delete scheduledsparkapps,sparkapps --all --all-namespaces");
      return;
    }
    write("production.yaml", Files.readString(local.kubeconfig()));
    succeed("export KUBECONFIG=$PWD/production.yaml");
    succeed("kubectl config rename-context \"$(kubectl config current-context)\" production");
    for (String namespace : List.of("jobs", "etl")) {
      succeed("kubectl get namespace %1$s || kubectl create namespace %1$s".formatted(namespace));
    }
    succeed("kubectl apply -f cluster.yaml");
    succeed("kubectl wait --for condition=Established crd/sparkapplications.sparkoperator.k8s.io");
    succeed("kubectl apply -f app.yaml");
  }

  /** Types a line and waits for its end; what it exports stays. */
  Result type(String line) throws IOException, InterruptedException {
    return local.installation().run(List.of("bash", "-c", script(line)));
  }

  /** Types a line, waits until it prints something, and ends it; what it printed. */
  String watch(String line) throws IOException {
    boolean untilItRuns = line.startsWith("kubectl get sparkapps");
    Path out = directory.resolve("watched" + others++);
    Process process = local.installation().start(List.of("bash", "-c", script(line)), out, out);
    try {
      await()
          .atMost(OwnLocalCluster.SOON)
          .until(() -> says(out, untilItRuns) || !process.isAlive());
      assertThat(process.isAlive()).as(line + " goes on: " + Files.readString(out)).isTrue();
      return Files.readString(out);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static boolean says(Path out, boolean thatItRuns) throws IOException {
    String said = Files.readString(out);
    return thatItRuns
        ? said.contains(Phase.Running.name()) || said.contains(Phase.Succeeded.name())
        : !said.isBlank();
  }

  /** What is named {@code flights} runs, if a line is about it. */
  void lookAfterFlights(DocCommand command) throws Exception {
    if (!command.line().contains(" " + FLIGHTS) || command.line().contains("spark-submit")) {
      return;
    }
    Optional<Phase> phase = Optional.ofNullable(local.phase(FLIGHTS));
    if (phase.isEmpty() || phase.get().isTerminal()) {
      succeed("kubectl delete sparkapp flights --ignore-not-found");
      write("flights.yaml", LONG_FLIGHTS);
      succeed("kubectl apply -f flights.yaml");
      local.awaitTasks(FLIGHTS);
    }
    if (command.line().contains("--previous")) {
      failFlights();
    }
  }

  /** Ends the driver from outside, and waits for the next attempt. */
  private void failFlights() {
    Set<ProcessHandle> executors =
        local.installation().executor(FIRST_ATTEMPT, 1).stream().collect(Collectors.toSet());
    local.installation().processesOf(FIRST_ATTEMPT).stream()
        .filter(process -> !executors.contains(process))
        .forEach(ProcessHandle::destroyForcibly);
    local.awaitStatus(
        FLIGHTS, status -> status.attempt() == 2 && OwnLocalCluster.hasDoneTasks(status));
  }

  /** Lets the API server look at what a page shows, if it is whole. */
  void check(DocBlock block) throws Exception {
    String yaml = String.join("\n", block.lines());
    boolean whole =
        Stream.of(yaml.split("(?m)^---$")).allMatch(document -> document.contains("apiVersion:"));
    if (whole) {
      write("shown.yaml", yaml + "\n");
      succeed("kubectl apply --dry-run=server -f shown.yaml");
    }
  }

  private void succeed(String line) throws IOException, InterruptedException {
    Result result = type(line);
    assertThat(result.exitCode()).as(line + System.lineSeparator() + result.all()).isZero();
  }

  private String script(String line) {
    return """
        set -o pipefail
        . '%1$s'
        cd '%2$s'
        trap 'code=$?; export -p > "%1$s.next"; mv "%1$s.next" "%1$s"; exit $code' EXIT
        %3$s
        """
        .formatted(exported, directory, line);
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
