package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * The loopback ports of a control plane. Chosen once per state directory, so that kubeconfigs stay
 * valid over restarts, and anew only when one of them is taken.
 */
record Ports(int apiServer, int etcdClient, int etcdPeer) {
  // Below the range that the kernel takes for outgoing connections: those come and go.
  static final int FROM = 20_000;
  static final int TO = 30_000;

  /** The kept ports while all are free, else new ones, which are kept from now on. */
  static Ports in(Path file) {
    return read(file)
        .filter(kept -> kept.all().stream().allMatch(Ports::isFree))
        .orElseGet(() -> renewed(file));
  }

  /** New ports, kept in place of those in the file. */
  static Ports renewed(Path file) {
    java.util.Random random = new java.security.SecureRandom();
    Ports ports = choose(() -> random.nextInt(FROM, TO), Ports::isFree);
    PrivateFile.write(
        file, "%d %d %d%n".formatted(ports.apiServer, ports.etcdClient, ports.etcdPeer));
    return ports;
  }

  static Ports choose(IntSupplier candidates, IntPredicate free) {
    Set<Integer> chosen = new TreeSet<>();
    for (int attempt = 0; attempt < 1000 && chosen.size() < 3; attempt++) {
      int port = candidates.getAsInt();
      if (free.test(port)) {
        chosen.add(port);
      }
    }
    if (chosen.size() < 3) {
      throw new ClusterException(
          "No three free ports between %d and %d on 127.0.0.1; end what listens there."
              .formatted(FROM, TO));
    }
    List<Integer> ports = List.copyOf(chosen);
    return new Ports(ports.get(0), ports.get(1), ports.get(2));
  }

  private List<Integer> all() {
    return List.of(apiServer, etcdClient, etcdPeer);
  }

  private static Optional<Ports> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      int[] ports =
          Arrays.stream(Files.readString(file).strip().split(" "))
              .mapToInt(Integer::parseInt)
              .toArray();
      return ports.length == 3
          ? Optional.of(new Ports(ports[0], ports[1], ports[2]))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // Damaged: as good as not there.
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
