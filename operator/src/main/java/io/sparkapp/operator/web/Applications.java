package io.sparkapp.operator.web;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this operator's caches know: no method of it calls the API server. */
public interface Applications {

  /** All of them, in no order. */
  Stream<SparkApp> all();

  /** One of them with all that belongs to its current attempt. */
  Optional<Observed> observe(ApplicationKey application);

  /** Its executors of all attempts that are still remembered, those that ended included. */
  List<ExecutorReport> executors(Observed observed);

  /** Since when somebody has looked all the time; what was gone before is not remembered. */
  Instant since();

  /** Changes whenever something of one application does. */
  long revision(Observed observed);

  /** All SparkQueues. */
  List<SparkQueue> queues();
}
