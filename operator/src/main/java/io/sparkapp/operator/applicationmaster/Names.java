package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.PodTemplate;
import io.sparkapp.crds.SparkApp;
import java.util.Map;

/**
 * Names and labels of everything that belongs to one attempt. They are a function of application,
 * attempt and executor id, so that an operator that was killed half way finds what it made.
 *
 * @param namespace the application's namespace
 * @param app the SparkApp's name
 * @param attempt the attempt, from 1
 */
public record Names(String namespace, String app, int attempt) {

  public static final String MANAGED_BY = PodTemplate.MANAGED_BY;
  public static final String MANAGER = "sparkapp-operator";
  public static final String APP = SparkApp.GROUP + "/app";
  public static final String ATTEMPT = SparkApp.GROUP + "/attempt";
  public static final String ROLE = SparkApp.GROUP + "/role";
  public static final String DRIVER = "driver";
  public static final String EXECUTOR = "executor";
  public static final String EXECUTOR_ID = SparkApp.GROUP + "/executor-id";

  /** Label of an executor's pod: the number of the claim of its local directory. */
  public static final String CLAIM = SparkApp.GROUP + "/local-claim";

  public static final String PROFILE = SparkApp.GROUP + "/profile";

  /** Annotation of an executor's pod: {@code host:port} of the driver's RPC endpoint. */
  public static final String DRIVER_ADDRESS = SparkApp.GROUP + "/driver-address";

  /** Selects every object of ours. */
  public static final String OURS = MANAGED_BY + "=" + MANAGER;

  public static Names of(SparkApp app, int attempt) {
    return new Names(app.getMetadata().getNamespace(), app.getMetadata().getName(), attempt);
  }

  /** Spark's {@code spark.app.id}; the ExecutorRequest and the Secret have this name too. */
  public String applicationId() {
    return app + "-" + attempt;
  }

  public String driverPod() {
    return applicationId() + "-driver";
  }

  public String executorPod(int id) {
    return applicationId() + "-exec-" + id;
  }

  /** A claim for the local directory of one executor after the other. */
  public String claim(int number) {
    return localClaims() + number;
  }

  private String localClaims() {
    return applicationId() + "-local-";
  }

  /** Whether the operator makes it itself. */
  boolean isOurs(Reference reference) {
    return reference.kind() == Reference.Kind.PersistentVolumeClaim
        ? reference.name().startsWith(localClaims())
        : reference.name().equals(applicationId());
  }

  /** Labels of every object of this attempt. */
  public Map<String, String> labels() {
    return Map.of(MANAGED_BY, MANAGER, APP, app, ATTEMPT, Integer.toString(attempt));
  }

  /** Labels that all executor pods of this attempt carry, and nothing else does. */
  public Map<String, String> executorSelector() {
    return Map.of(
        MANAGED_BY, MANAGER, APP, app, ATTEMPT, Integer.toString(attempt), ROLE, EXECUTOR);
  }
}
