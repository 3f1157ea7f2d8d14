package io.sparkapp.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The {@code sparkapp} command as a user has it, on a local cluster of the test's own. Only
 * processes of that cluster are ever looked at.
 */
final class LocalInstallation {

  private static final Duration LONGEST_COMMAND = Duration.ofMinutes(10);

  private final Path root = Path.of(System.getProperty("sparkapp.home"));
  private final Path state;
  private final Map<String, String> environment;

  LocalInstallation(Path state) {
    this(state, Map.of());
  }

  /** With variables that every command is to see, the one that starts the cluster above all. */
  LocalInstallation(Path state, Map<String, String> environment) {
    this.state = state;
    this.environment = Map.copyOf(environment);
  }

  /** What a command printed and how it ended. */
  record Result(int exitCode, String out, String err) {
    String all() {
      return out + err;
    }
  }

  Path root() {
    return root;
  }

  Path example(String name) {
    return root.resolve("examples").resolve(name);
  }

  /** Gives the local cluster's images PySpark; needs pip. */
  Result fetchPySpark() throws IOException, InterruptedException {
    // All classes' clusters have the same images.
    synchronized (LocalInstallation.class) {
      return run(List.of(root.resolve("images/pyspark").toString()));
    }
  }

  /** Runs a Python program of the tests with pandas; needs pip, and PySpark fetched. */
  Result pandas(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add(
        """
        set -e
        kept=${XDG_CACHE_HOME:-$HOME/.cache}/sparkapp/pandas
        [ -d "$kept/pandas" ] || python3 -m pip install -q --target "$kept" pandas >&2
        export PYTHONPATH=$kept:examples/src/main/python:images/target/pyspark/opt/spark/python
        python3 "e2e/src/test/python/$0" "$@"
        """);
    command.add(program);
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  /** Runs {@code sparkapp} with these arguments to its end. */
  Result sparkapp(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("sparkapp").toString());
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  /** The same for a task of its own. */
  Result follow(String... arguments) {
    try {
      return sparkapp(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Runs the kubectl that {@code local up} offers. */
  Result kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add("eval \"$(\"$0\" local up --export)\" && kubectl \"$@\"");
    command.add(root.resolve("sparkapp").toString());
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  /** Runs a command to its end. */
  Result run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("sparkapp", ".out");
    Path err = Files.createTempFile("sparkapp", ".err");
    Process process = start(command, out, err);
    if (!process.waitFor(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " did not end; it said: " + Files.readString(err));
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /** Starts a command without waiting for it. */
  Process start(List<String> command, Path out, Path err) throws IOException {
    return builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  /** A command on this installation's cluster. */
  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("SPARKAPP_LOCAL_DIR", state.toString());
    builder.environment().put("SPARKAPP_NO_BUILD", "1");
    builder.environment().remove("KUBECONFIG");
    builder.environment().putAll(environment);
    return builder;
  }

  /** A client with all rights. */
  KubernetesClient client() throws IOException {
    Path kubeconfig = Path.of(clusterFile().get("kubeconfig").asText());
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
        .build();
  }

  long operatorPid() throws IOException {
    return clusterFile().get("operatorPid").asLong();
  }

  private JsonNode clusterFile() throws IOException {
    return new ObjectMapper().readTree(state.resolve("cluster.json").toFile());
  }

  /** The processes of an application, told by the environment that its pods were given. */
  List<ProcessHandle> processesOf(String applicationId) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> applicationId.equals(environment(process).get("SPARKAPP_APPLICATION_ID")))
        .filter(process -> environment(process).values().stream().anyMatch(this::isOurs))
        .toList();
  }

  Optional<ProcessHandle> executor(String applicationId, int id) {
    return processesOf(applicationId).stream()
        .filter(
            process ->
                Integer.toString(id).equals(environment(process).get("SPARKAPP_EXECUTOR_ID")))
        .findFirst();
  }

  private boolean isOurs(String value) {
    return value.startsWith(state.toString());
  }

  private static Map<String, String> environment(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
    Map<String, String> environment = new HashMap<>();
    try {
      for (String entry : Files.readString(file, StandardCharsets.ISO_8859_1).split("\0")) {
        int equals = entry.indexOf('=');
        if (equals > 0) {
          environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      // It ended meanwhile, or belongs to somebody else.
      return Map.of();
    }
    return environment;
  }
}
