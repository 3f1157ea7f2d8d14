package io.sparkapp.driver;

import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is different for a driver that has a pod and one that has none. */
sealed interface DriverPlace permits DriverPlace.InItsPod, ClientApplication {

  /** Whether the operator made the request before this driver started. */
  boolean requestThere();

  /** The backend has started. */
  void started(SparkContext context);

  /** The operator has answered. */
  void requestHeard();

  /** The request was there and is not any more. */
  void requestGone();

  /** Spark stops; what is to be told goes to the sheet, which is written next. */
  void stopping(int exitCode, RequestSheet sheet);

  /** The operator started it, looks after it and sees how it ends. */
  record InItsPod() implements DriverPlace {

    private static final Logger LOG = LoggerFactory.getLogger(InItsPod.class);

    @Override
    public boolean requestThere() {
      return true;
    }

    @Override
    public void started(SparkContext context) {
      // The operator sees it by the pod.
    }

    @Override
    public void requestHeard() {
      // It was there from the beginning.
    }

    @Override
    public void requestGone() {
      LOG.warn("The ExecutorRequest of this driver was deleted: the operator will end it.");
    }

    @Override
    public void stopping(int exitCode, RequestSheet sheet) {
      // The launcher writes the last words.
    }
  }
}
