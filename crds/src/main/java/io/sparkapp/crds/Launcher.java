package io.sparkapp.crds;

/** Where the launchers of driver and executors come from. */
public enum Launcher {
  /** The image has them: it is the operator's own, or built on it. */
  InImage,
  /** An init container adds them: the image has Spark and Java, and knows nothing of SparkApps. */
  Added
}
