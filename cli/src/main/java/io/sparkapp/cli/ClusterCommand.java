package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to one cluster. */
abstract class ClusterCommand implements Callable<Integer> {

  @Mixin private ClusterChoice cluster;
  @Spec private CommandSpec spec;

  /**
   * @return the exit code when nothing failed
   */
  abstract ExitCode run(KubernetesClient client) throws Exception;

  @Override
  public final Integer call() throws Exception {
    check();
    Optional<ExitCode> done = runPlainly();
    return done.isPresent() ? done.get().number() : cluster.use(this::run).number();
  }

  /**
   * Does without a Kubernetes client what can be done so, in a fraction of the time.
   *
   * @return empty, before anything is printed, when it takes a client
   */
  Optional<ExitCode> runPlainly() {
    return Optional.empty();
  }

  /**
   * Looks at options and values before the cluster is spoken to.
   *
   * @throws ParameterException saying which of them go not together, made by {@link #wrong}
   */
  void check() {}

  /** What says that options or values can not be used, and that help tells which can. */
  final ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  final ClusterChoice cluster() {
    return cluster;
  }

  final void print(String line) {
    out().println(line);
  }

  final void tell(String line) {
    spec.commandLine().getErr().println(line);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final Map<String, String> environment() {
    return Main.environment(spec);
  }

  final Style style() {
    return Main.style(spec);
  }
}
