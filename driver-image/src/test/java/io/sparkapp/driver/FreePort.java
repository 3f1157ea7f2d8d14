package io.sparkapp.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a process that is about to be started. */
final class FreePort {

  // Below the range that the kernel takes for outgoing connections: one of those could take it
  // before the process has it. The control planes of other tests are above.
  private static final int FROM = 10_000;
  private static final int TO = 20_000;

  private FreePort() {}

  static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FROM, TO);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
        continue;
      }
    }
  }
}
