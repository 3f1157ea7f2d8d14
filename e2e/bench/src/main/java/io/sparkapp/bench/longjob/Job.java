package io.sparkapp.bench.longjob;

import io.sparkapp.bench.firsttask.ProductCluster;
import java.nio.file.Path;
import java.util.List;

/**
 * What is run, by two executors of one core.
 *
 * @param kind what the program of the examples calls it
 * @param rounds how often it is repeated within the job
 */
record Job(String kind, int rounds) {

  static final String PROGRAM = "io.sparkapp.examples.LongJob";
  static final int EXECUTORS = 2;

  /**
   * The program's arguments.
   *
   * @param result where it leaves what was measured
   */
  List<String> arguments(Path result) {
    return List.of(
        kind,
        Integer.toString(rounds),
        Integer.toString(EXECUTORS),
        ProductCluster.unmapped(result));
  }
}
