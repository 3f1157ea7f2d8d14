package io.sparkapp.crds;

/** Where the driver runs; Spark on YARN calls it the deploy mode. */
public enum Placement {
  /** The operator creates the driver's pod. */
  Cluster,
  /** The driver is the user's own process: a laptop's, a notebook's, a CI job's. */
  Client
}
