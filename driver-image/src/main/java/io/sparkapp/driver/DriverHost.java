package io.sparkapp.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * Where executors find a driver outside of the cluster: at Spark's {@code spark.driver.host} and
 * port. A name of this machine is told with the address behind it, for the cluster's DNS knows
 * neither.
 *
 * @param host as Spark advertises it
 * @param port of the RPC endpoint
 * @param ip empty when the host is an address itself
 */
record DriverHost(String host, int port, Optional<String> ip) {

  private static final int HTTPS = 443;

  /** RFC 1123, which Kubernetes holds host aliases against. */
  private static final String DNS_NAME =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  /**
   * @throws IOException when no executor could ever get there, with advice
   */
  static DriverHost of(SparkConf conf, URI apiServer) throws IOException {
    String host = conf.get("spark.driver.host");
    int port = conf.getInt("spark.driver.port", 0);
    String bound = conf.get("spark.driver.bindAddress", host);
    boolean isName = !isAddress(plain(host));
    if (isName && !host.toLowerCase(Locale.ROOT).matches(DNS_NAME)) {
      throw new IOException(
          "The cluster takes no host name such as "
              + host
              + " (letters, digits, dashes and dots are allowed): set spark.driver.host to an"
              + " address of this machine, such as "
              + addressTowards(apiServer)
              + ".");
    }
    boolean clusterIsHere = InetAddress.getByName(plain(apiServer.getHost())).isLoopbackAddress();
    InetAddress listens = InetAddress.getByName(plain(bound));
    if (listens.isLoopbackAddress() && !clusterIsHere) {
      throw new IOException(
          "Spark's driver listens at "
              + bound
              + " ("
              + listens.getHostAddress()
              + "), where only this machine can reach it: set spark.driver.host to an address of"
              + " this machine that executors can reach, such as "
              + addressTowards(apiServer)
              + ".");
    }
    return new DriverHost(plain(host), port, isName ? ipOf(host, apiServer) : Optional.empty());
  }

  /** The address behind the name, unless it is the one that each machine gives itself. */
  private static Optional<String> ipOf(String host, URI apiServer) throws IOException {
    try {
      InetAddress known = InetAddress.getByName(host);
      return Optional.of(known.isLoopbackAddress() ? addressTowards(apiServer) : text(known));
    } catch (UnknownHostException e) {
      // A name that means something to the cluster only, as a Service's does.
      return Optional.empty();
    }
  }

  /** Which of this machine's addresses packets to the cluster leave from; none is sent. */
  private static String addressTowards(URI apiServer) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(
          InetAddress.getByName(plain(apiServer.getHost())),
          apiServer.getPort() < 0 ? HTTPS : apiServer.getPort());
      return text(socket.getLocalAddress());
    }
  }

  /** Without the zone of IPv6, which means something on this machine only. */
  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
  }

  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  ObjectNode toJson() {
    ObjectNode client = new ObjectMapper().createObjectNode().put("host", host).put("port", port);
    ip.ifPresent(address -> client.put("ip", address));
    return client;
  }

  @Override
  public String toString() {
    return host + ":" + port + ip.map(address -> " (" + address + ")").orElse("");
  }
}
