package io.sparkapp.bench.firsttask;

import java.nio.file.Path;
import java.util.List;

/** The program of the examples whose tasks leave the times at which they run. */
final class StampedPi {

  static final String CLASS = "io.sparkapp.examples.StampedPi";

  private static final String TASKS = "4";

  private StampedPi() {}

  static List<String> arguments(Path stamps) {
    return List.of(TASKS, ProductCluster.unmapped(stamps));
  }
}
