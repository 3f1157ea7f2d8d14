package io.sparkapp.driver;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.status.AppStatusStore;
import org.apache.spark.status.api.v1.JobData;
import org.apache.spark.status.api.v1.StageData;
import org.apache.spark.status.api.v1.StageStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks at Spark's own status store once a second. Spark fills that store off the scheduler's
 * thread, and it heals itself when events were dropped, which a listener of ours would not. What
 * the store has not, the edges of the DAG and how long executors were there, is heard in the few
 * events of jobs, stages and executors.
 */
final class ProgressReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);

  /** So long may it take until Spark's status store knows of the last job's end. */
  private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

  private final SparkContext context;
  private final ExecutorPool executors;
  private final Consumer<Progress> report;
  private final ScheduledExecutorService timer;
  private final JobTally jobs = new JobTally();
  private final ProgressNews news = new ProgressNews();
  private final StageGraph graph = new StageGraph();
  private final UsageMeter meter = new UsageMeter();
  private final GraphNews graphNews;
  private final UsageNews usageNews;

  ProgressReporter(SparkContext context, ExecutorPool executors, Consumer<Progress> report) {
    this.context = context;
    this.executors = executors;
    this.report = report;
    this.graphNews = new GraphNews(graph, this::failedTasks);
    this.usageNews =
        new UsageNews(
            new DriverMemory(), meter, this::lookAtExecutors, Clock.systemUTC(), System.nanoTime());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress-reporter");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Hears of jobs, stages and executors from now on, which is before there are any. */
  void listen() {
    context.addSparkListener(new StageListener(graph));
    context.addSparkListener(meter);
  }

  void start() {
    timer.scheduleWithFixedDelay(() -> look(false), 1, 1, TimeUnit.SECONDS);
  }

  /** The operator has told why an executor ended. */
  void ended(RequestStatus.Ended end) {
    meter.ended(end.cause(), end.exitCode());
  }

  private synchronized void look(boolean last) {
    try {
      AppStatusStore store = context.statusStore();
      List<StageData> active = CollectionConverters.asJava(store.activeStages());
      List<JobData> known = CollectionConverters.asJava(store.jobsList(null));
      JobCounts counts = jobs.sum(known, active);
      endUnheard(known);
      long time = System.nanoTime();
      Progress now =
          Progress.of(
                  counts,
                  active,
                  Progress.Executors.NONE.withRegistered(executors.registered()),
                  System.getProperty(ConnectProgram.LISTENS))
              .with(graphNews.at(time, last), usageNews.at(time, last));
      news.of(now, executors::counted, time).ifPresent(report);
    } catch (RuntimeException e) {
      // A store that changes under our eyes; the next look is a second away.
      LOG.debug("Progress could not be read: {}", e.toString());
    }
  }

  /** Spark drops events rather than wait for a slow listener: then the store knows better. */
  private void endUnheard(List<JobData> known) {
    Set<Integer> running = graph.runningJobs();
    known.stream()
        .filter(job -> job.status() != JobExecutionStatus.RUNNING && running.contains(job.jobId()))
        .forEach(job -> graph.jobEnded(job.jobId(), job.status() == JobExecutionStatus.SUCCEEDED));
  }

  private OptionalInt failedTasks(StageNode stage) {
    try {
      StageData data = context.statusStore().lastStageAttempt(stage.stage());
      return data.status() == StageStatus.ACTIVE || data.status() == StageStatus.PENDING
          ? OptionalInt.empty()
          : OptionalInt.of(data.numFailedTasks());
    } catch (NoSuchElementException e) {
      // Spark keeps a thousand of them.
      return OptionalInt.of(0);
    }
  }

  private void lookAtExecutors() {
    meter.look(CollectionConverters.asJava(context.statusStore().executorList(false)));
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
    look(true);
  }
}
