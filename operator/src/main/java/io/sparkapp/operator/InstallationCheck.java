package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppSpec;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import io.sparkapp.crds.SparkAppStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether an installation works: applies a small application, follows it to its end and
 * deletes it; and whether a schedule would be taken. What {@code helm test} runs.
 */
public final class InstallationCheck {

  private static final int BAD_CONFIGURATION = 2;

  /** As small as an application can be: it has to fit beside what a cluster runs already. */
  private static final String SPEC =
      """
      main:
        jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
        class: io.sparkapp.examples.Pi
        args: ["2"]
      driver: {cpuRequest: 100m, memory: 512m}
      executor: {instances: 1, cpuRequest: 100m, memory: 512m}
      """;

  private static final String SCHEDULE =
      "schedule: \"@yearly\"\ntimeZone: Europe/Berlin\ntemplate:\n" + SPEC.indent(2);

  private final KubernetesClient client;
  private final String namespace;
  private final PrintStream out;
  private volatile Optional<SparkApp> applied = Optional.empty();
  private String said = "";

  InstallationCheck(KubernetesClient client, String namespace, PrintStream out) {
    this.client = client;
    this.namespace = namespace;
    this.out = out;
  }

  /** Exit code 0 when the application succeeded, 1 when it did not, 2 for bad settings. */
  public static void main(String[] arguments) {
    String namespace;
    Duration timeout;
    try {
      EnvironmentReader variables = new EnvironmentReader(System.getenv());
      namespace = variables.required("SPARKAPP_CHECK_NAMESPACE", "the check needs to know where");
      timeout = variables.duration("SPARKAPP_CHECK_TIMEOUT", Duration.ofMinutes(5));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
      return;
    }
    InstallationCheck check =
        new InstallationCheck(new KubernetesClientBuilder().build(), namespace, System.out);
    // However this process ends, also when somebody deletes its pod, the application goes.
    Runtime.getRuntime().addShutdownHook(new Thread(check::delete, "delete"));
    System.exit(check.run(timeout) ? 0 : 1);
  }

  private boolean run(Duration timeout) {
    try {
      client.resource(schedule(namespace)).dryRun(true).create();
    } catch (KubernetesClientException e) {
      out.println("The installation does not work: no schedule can be applied: " + reason(e));
      return false;
    }
    try {
      applied = Optional.of(client.resource(application(namespace)).create());
    } catch (KubernetesClientException e) {
      out.println("The installation does not work: no application can be applied: " + reason(e));
      return false;
    }
    try {
      SparkApp last =
          client
              .resource(applied.get())
              .waitUntilCondition(this::hasEnded, timeout.toMillis(), TimeUnit.MILLISECONDS);
      out.println(outcome(last));
      return succeeded(last);
    } catch (KubernetesClientTimeoutException e) {
      out.println(timedOut(timeout));
    } catch (KubernetesClientException e) {
      out.println("The application can not be followed: " + reason(e));
    }
    return false;
  }

  static SparkApp application(String namespace) {
    SparkApp app = new SparkApp();
    app.setMetadata(
        new ObjectMetaBuilder()
            .withGenerateName("installation-check-")
            .withNamespace(namespace)
            .build());
    app.setSpec(Serialization.unmarshal(SPEC, SparkAppSpec.class));
    return app;
  }

  /**
   * Is never kept: whether its kind is there, and the API server knows time zones, is the point.
   */
  static ScheduledSparkApp schedule(String namespace) {
    ScheduledSparkApp schedule = new ScheduledSparkApp();
    schedule.setMetadata(
        new ObjectMetaBuilder().withName("installation-check").withNamespace(namespace).build());
    schedule.setSpec(Serialization.unmarshal(SCHEDULE, ScheduledSparkAppSpec.class));
    return schedule;
  }

  /** Prints what is new. An application that somebody deleted (null) has ended too. */
  boolean hasEnded(SparkApp app) {
    SparkAppStatus status = status(app);
    if (status.phase() == null) {
      return app == null;
    }
    String line = status.phase() + ": " + Objects.requireNonNullElse(status.message(), "");
    if (!line.equals(said)) {
      out.println(line);
      said = line;
    }
    return status.phase().isTerminal();
  }

  /** One sentence. */
  String outcome(SparkApp app) {
    if (app == null) {
      return "The application was deleted by somebody else before it ended.";
    }
    return succeeded(app)
        ? "The installation works: an application ran in namespace " + namespace + "."
        : "The installation does not work: its application failed: " + status(app).message();
  }

  /** One sentence. */
  String timedOut(Duration timeout) {
    return said.isEmpty()
        ? "The installation does not work: no operator has said a word about an application in"
            + " namespace "
            + namespace
            + " within "
            + timeout.toSeconds()
            + " s; look whether one runs and serves it."
        : "The installation does not work: its application has not ended within "
            + timeout.toSeconds()
            + " s; the last word about it was: "
            + said;
  }

  private void delete() {
    try {
      applied.ifPresent(app -> client.resource(app).delete());
    } catch (KubernetesClientException e) {
      out.println("The application is still there: " + reason(e));
    }
  }

  private static boolean succeeded(SparkApp app) {
    return status(app).phase() == Phase.Succeeded;
  }

  private static SparkAppStatus status(SparkApp app) {
    return app == null || app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
  }

  /** The API server's own words, if it had any. */
  private static String reason(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? e.getMessage()
        : e.getStatus().getMessage();
  }
}
