package io.sparkapp.driver;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Jobs that are submitted in the moment in which Spark stops. Spark fails those it knows, refuses
 * those that come later, and drops those in between without a word ({@code EventLoop.post}): who
 * submitted one would wait for ever. For a minute after Spark has stopped, threads that wait for
 * such a job are interrupted, so that their program ends as others do whose Spark was stopped.
 */
final class LostJobs {

  private static final Logger LOG = LoggerFactory.getLogger(LostJobs.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int LOOKS = 60;

  private LostJobs() {}

  /** Call it when Spark has stopped. */
  static void release() {
    look(Set.of(), LOOKS);
  }

  /** Who was seen only once may be about to hear of its job. */
  private static void look(Set<Thread> seen, int left) {
    if (left == 0 || anotherSparkRuns()) {
      return;
    }
    Set<Thread> waiting = waiting();
    waiting.stream().filter(seen::contains).forEach(LostJobs::interrupt);
    CompletableFuture.delayedExecutor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> look(waiting, left - 1));
  }

  /** Its jobs are nobody's business here. */
  private static boolean anotherSparkRuns() {
    Option<SparkContext> active = SparkContext$.MODULE$.getActive();
    return active.isDefined() && !active.get().isStopped();
  }

  private static Set<Thread> waiting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> Stream.of(thread.getValue()).anyMatch(LostJobs::waitsForJob))
        .map(thread -> thread.getKey())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** For a job, or for the stages of a query that is planned as it runs. */
  private static boolean waitsForJob(StackTraceElement frame) {
    return switch (frame.getClassName()) {
      case "org.apache.spark.scheduler.DAGScheduler" -> frame.getMethodName().equals("runJob");
      case "org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec" -> true;
      default -> false;
    };
  }

  private static void interrupt(Thread thread) {
    LOG.warn(
        "Thread {} waits for a job that Spark forgot when it stopped; it is interrupted.",
        thread.getName());
    thread.interrupt();
  }
}
