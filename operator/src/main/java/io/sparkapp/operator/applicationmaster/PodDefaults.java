package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.SparkAppSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What pods get where their application says nothing.
 *
 * @param driverImage image of drivers
 * @param executorImage image of executors
 * @param imagePullPolicy as Kubernetes knows it
 * @param imagePullSecrets names of Secrets in the applications' namespaces
 * @param driverServiceAccount service account of drivers; it may read and patch ExecutorRequests
 *     and do nothing else
 * @param javaOptions options of both roles' JVMs, split at blanks; the user's come after them
 * @param executorJavaOptions further ones of executors' JVMs, after those of both
 * @param driverWait how long an executor waits for its driver before it gives up
 */
public record PodDefaults(
    String driverImage,
    String executorImage,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    String driverServiceAccount,
    String javaOptions,
    String executorJavaOptions,
    Duration driverWait) {

  public PodDefaults {
    imagePullSecrets = List.copyOf(imagePullSecrets);
  }

  /** The installation's options of an executor's JVM. */
  String optionsOfExecutors() {
    return (javaOptions + " " + executorJavaOptions).strip();
  }

  /** Those of the installation and those of the application. */
  List<String> imagePullSecrets(SparkAppSpec spec) {
    return Stream.concat(imagePullSecrets.stream(), spec.imagePullSecrets().stream())
        .distinct()
        .toList();
  }
}
