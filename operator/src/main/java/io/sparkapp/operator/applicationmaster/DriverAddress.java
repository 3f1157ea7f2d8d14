package io.sparkapp.operator.applicationmaster;

/** Where executors find their driver. */
final class DriverAddress {

  /** The port of the driver's RPC endpoint; Spark's native Kubernetes backend uses the same. */
  static final int RPC_PORT = 7078;

  private DriverAddress() {}

  static String of(String ip) {
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + RPC_PORT;
  }
}
