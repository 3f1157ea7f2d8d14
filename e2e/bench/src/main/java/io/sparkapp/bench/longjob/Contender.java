package io.sparkapp.bench.longjob;

import java.io.IOException;
import java.nio.file.Path;

/** One way to run a job with a driver and two executors. */
interface Contender {

  /** In the table, and at the start of all its applications' names. */
  String name();

  /**
   * Runs a job to its end, and leaves nothing of it behind but what was measured.
   *
   * @param app what it is called
   * @param result where the program leaves what was measured
   */
  void run(String app, Job job, Path result) throws IOException, InterruptedException;
}
