package io.sparkapp.local.node;

import java.util.HashSet;
import java.util.Set;

/**
 * Loopback addresses for pods, unique among those that live. Addresses are given in turn, so that
 * one is not soon used again, and start where the seed says, so that two clusters on one machine
 * hardly ever meet. Thread-safe.
 */
final class IpPool {
  /** 127.1.0.1 to 127.254.255.254; 127.0.x.y stays with the machine's own services. */
  private static final int NETWORKS = 254 * 256;

  private static final int HOSTS = 254;

  private final Set<Integer> used = new HashSet<>();
  private int next;

  /**
   * @param seed any number; the same one gives the same addresses
   */
  IpPool(int seed) {
    this.next = Math.floorMod(seed, NETWORKS) * HOSTS;
  }

  /**
   * Takes the next free address.
   *
   * @throws IllegalStateException when millions are in use
   */
  synchronized String allocate() {
    for (int tried = 0; tried < NETWORKS * HOSTS; tried++) {
      int candidate = next;
      next = (next + 1) % (NETWORKS * HOSTS);
      if (used.add(candidate)) {
        return address(candidate);
      }
    }
    throw new IllegalStateException("No loopback address is free for another pod.");
  }

  /** Gives an address back; anything that is not in use is ignored. */
  synchronized void release(String address) {
    used.removeIf(number -> address(number).equals(address));
  }

  private static String address(int number) {
    int network = number / HOSTS;
    return "127.%d.%d.%d".formatted(1 + network / 256, network % 256, 1 + number % HOSTS);
  }
}
