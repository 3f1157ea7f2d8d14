package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * A loopback port that stays the same over restarts, so that an address that somebody wrote down
 * stays good; another one is chosen only when it is taken.
 */
public final class KeptPort {

  private static final int TRIES = 1000;

  private KeptPort() {}

  /** The port that is kept in the file while it is free, else a free one, kept from now on. */
  public static int in(Path file) {
    Random random = new SecureRandom();
    return in(file, () -> random.nextInt(Ports.FROM, Ports.TO), Ports::isFree);
  }

  static int in(Path file, IntSupplier candidates, IntPredicate free) {
    Optional<Integer> kept = read(file).filter(free::test);
    if (kept.isPresent()) {
      return kept.get();
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int port = candidates.getAsInt();
      if (free.test(port)) {
        PrivateFile.write(file, port + "\n");
        return port;
      }
    }
    throw new ClusterException(
        "No free port between %d and %d on 127.0.0.1; end what listens there."
            .formatted(Ports.FROM, Ports.TO));
  }

  private static Optional<Integer> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(Files.readString(file).strip());
      return Optional.of(port).filter(it -> it >= Ports.FROM && it < Ports.TO);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // Damaged: as good as not there.
    }
  }
}
