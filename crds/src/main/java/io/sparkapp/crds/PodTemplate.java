package io.sparkapp.crds;

import java.util.List;
import java.util.Set;

/**
 * What of a pod template is its user's and what the operator's. The operator refuses a template
 * that says what is its own; what the command translates leaves that out, and says so.
 */
public final class PodTemplate {

  /** All that a template may have at its root. */
  public static final Set<String> PARTS = Set.of("apiVersion", "kind", "metadata", "spec");

  /** All that its metadata may have: the operator names its pods and owns them. */
  public static final Set<String> METADATA = Set.of("labels", "annotations");

  /** Fields of Spark's container by which the operator starts Spark. */
  public static final List<String> START = List.of("args", "command");

  /** Fields of Spark's container by which the operator reads how it ended. */
  public static final List<String> END =
      List.of("terminationMessagePath", "terminationMessagePolicy");

  /** Below the resources of Spark's container: what the role's own fields say and queues count. */
  public static final List<String> AMOUNTS =
      List.of("requests/memory", "limits/memory", "requests/cpu");

  /** The label by which tools tell whose an object is. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The variable of Spark's own that holds what driver and executors share. */
  public static final String AUTH_SECRET = "_SPARK_AUTH_SECRET";

  /** What the variables begin with by which the operator talks to its containers. */
  public static final String VARIABLES = "SPARKAPP_";

  private PodTemplate() {}

  /** Whether the operator knows its pods by a label or annotation of this name. */
  public static boolean isReservedLabel(String name) {
    return name.startsWith(SparkApp.GROUP + "/") || name.equals(MANAGED_BY);
  }

  /** Whether the operator talks to its containers by a variable of this name. */
  public static boolean isReservedVariable(String name) {
    return name.startsWith(VARIABLES) || name.equals(AUTH_SECRET);
  }
}
