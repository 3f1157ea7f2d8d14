package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at Spark's own status store once a second. Spark fills that store off the scheduler's
 * thread, and it heals itself when events were dropped, which a listener of ours would not.
 */
final class ProgressReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkContext context;
  private final IntSupplier registeredExecutors;
  private final Consumer<JsonNode> report;
  private final ScheduledExecutorService timer;
  private JsonNode reported;

  ProgressReporter(
      SparkContext context, IntSupplier registeredExecutors, Consumer<JsonNode> report) {
    this.context = context;
    this.registeredExecutors = registeredExecutors;
    this.report = report;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress-reporter");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private synchronized void look() {
    try {
      JsonNode now =
          JSON.valueToTree(
              Progress.of(
                  scala.jdk.javaapi.CollectionConverters.asJava(
                      context.statusStore().jobsList(null)),
                  scala.jdk.javaapi.CollectionConverters.asJava(
                      context.statusStore().activeStages()),
                  registeredExecutors.getAsInt()));
      if (!now.equals(reported)) {
        reported = now;
        report.accept(now);
      }
    } catch (RuntimeException e) {
      // A store that changes under our eyes; the next look is a second away.
      LOG.debug("Progress could not be read: {}", e.toString());
    }
  }

  /** Looks a last time. */
  @Override
  public void close() {
    timer.shutdownNow();
    look();
  }
}
