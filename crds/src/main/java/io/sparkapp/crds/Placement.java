package io.sparkapp.crds;

/** Where the driver runs; Spark on YARN calls it the deploy mode. */
public enum Placement {
  /** The operator creates the driver's pod. */
  Cluster
}
