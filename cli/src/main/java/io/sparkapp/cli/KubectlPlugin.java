package io.sparkapp.cli;

/**
 * The command as {@code kubectl sparkapp}: then it is about the cluster that kubectl is about. The
 * script that kubectl starts says so in the system property {@value #PROPERTY}.
 */
final class KubectlPlugin {

  static final String PROPERTY = "sparkapp.plugin";
  static final String NAME = "kubectl sparkapp";

  private KubectlPlugin() {}

  static boolean isThisProcess() {
    return Boolean.getBoolean(PROPERTY);
  }
}
