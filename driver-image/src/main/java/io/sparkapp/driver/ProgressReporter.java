package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.status.AppStatusStore;
import org.apache.spark.status.api.v1.StageData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks at Spark's own status store once a second. Spark fills that store off the scheduler's
 * thread, and it heals itself when events were dropped, which a listener of ours would not.
 */
final class ProgressReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So long may it take until Spark's status store knows of the last job's end. */
  private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

  private final SparkContext context;
  private final IntSupplier registeredExecutors;
  private final Consumer<JsonNode> report;
  private final ScheduledExecutorService timer;
  private final JobTally jobs = new JobTally();
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
      AppStatusStore store = context.statusStore();
      List<StageData> active = CollectionConverters.asJava(store.activeStages());
      JobCounts counts = jobs.sum(CollectionConverters.asJava(store.jobsList(null)), active);
      JsonNode now =
          JSON.valueToTree(
              Progress.of(
                  counts,
                  active,
                  registeredExecutors.getAsInt(),
                  System.getProperty(ConnectProgram.LISTENS)));
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
    try {
      context.listenerBus().waitUntilEmpty(LAST_EVENTS.toMillis());
    } catch (TimeoutException e) {
      LOG.debug("Spark has not taken in all of its events: {}", e.toString());
    }
    look();
  }
}
