package io.sparkapp.operator.applicationmaster;

import java.util.Optional;

/** Recognizes by a container's end that its image is none of ours and none built on ours. */
final class ForeignImage {

  private ForeignImage() {}

  /**
   * The sentence for the user.
   *
   * @param role driver or executor
   * @param image as the pod names it
   * @param message what the container runtime or the JVM said last
   */
  static Optional<String> sentence(String role, String image, String message) {
    if (message == null) {
      return Optional.empty();
    }
    if (message.contains("exec: \"java\"")) {
      return Optional.of("Image " + image + " has no java on its PATH: " + advice(role) + ".");
    }
    // The JVM's words about a missing argument file, and about a missing class.
    boolean noLauncher =
        message.contains("could not open `/opt/sparkapp/" + role)
            || message.contains("Could not find or load main class io.sparkapp.");
    return noLauncher
        ? Optional.of(
            "Image "
                + image
                + " has no launcher for SparkApps in /opt/sparkapp/"
                + role
                + ": if it has Spark 4, set spec.launcher to Added; otherwise "
                + advice(role)
                + ".")
        : Optional.empty();
  }

  private static String advice(String role) {
    return "build it on the operator's own "
        + role
        + " image, or leave spec.image and spec."
        + role
        + ".image out";
  }
}
