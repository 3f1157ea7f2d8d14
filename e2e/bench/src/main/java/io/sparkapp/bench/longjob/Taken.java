package io.sparkapp.bench.longjob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one job took, from when all its executors were at work to its end, in seconds.
 *
 * @param driverCpu the driver's processor time
 * @param executorsCpu that of all executors
 * @param answer the same for all who did the same
 */
record Taken(double time, double driverCpu, double executorsCpu, long answer) {

  /** Of driver and executors. */
  double cpu() {
    return driverCpu + executorsCpu;
  }

  /** What the program has left. */
  static Taken read(Path result) throws IOException {
    String[] columns = Files.readString(result).split("\t");
    return new Taken(
        Double.parseDouble(columns[0]),
        Double.parseDouble(columns[1]),
        Double.parseDouble(columns[2]),
        Long.parseLong(columns[3]));
  }
}
