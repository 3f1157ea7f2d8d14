package io.sparkapp.crds;

/** What executors keep shuffle files and spilled data on. */
public enum LocalMedium {
  /** The node's disk. */
  Disk,
  /** The pod's memory. */
  Memory,
  /** A volume of its own for each executor. */
  Volume
}
