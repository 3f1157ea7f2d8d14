package io.sparkapp.bench.firsttask;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One way to run the program with two executors. */
public interface Contender {

  /** In the table, and at the start of all its applications' and pods' names. */
  String name();

  /** What rows that compare with it say besides, from their comma on. */
  default String how() {
    return "";
  }

  /**
   * The command that submits an application and then ends.
   *
   * @param stamps where its tasks leave the times at which they run
   */
  List<String> submission(String app, Path stamps);

  /** What that command finds in its environment besides. */
  Map<String, String> environment();

  /**
   * Whether the application has ended well.
   *
   * @throws IllegalStateException when it has failed
   */
  boolean succeeded(String app);

  /** Deletes it with all that it has. */
  void delete(String app);

  /** Processor time so far of what works for its applications and is neither submitter nor pod. */
  Duration servants();
}
