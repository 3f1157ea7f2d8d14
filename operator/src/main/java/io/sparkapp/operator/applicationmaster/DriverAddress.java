package io.sparkapp.operator.applicationmaster;

/** Where executors find their driver. */
final class DriverAddress {

  /** The port of the driver's RPC endpoint; Spark's native Kubernetes backend uses the same. */
  static final int RPC_PORT = 7078;

  private DriverAddress() {}

  /** Of a driver's pod. */
  static String of(String ip) {
    return of(ip, RPC_PORT);
  }

  static String of(String host, int port) {
    return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }
}
