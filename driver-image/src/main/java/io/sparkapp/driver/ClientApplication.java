package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SparkApp of a driver that the operator did not start. The driver creates it or joins it,
 * renews a Lease for as long as it lives, and stops Spark when the application is ended from
 * outside.
 */
final class ClientApplication implements DriverPlace {

  private static final Logger LOG = LoggerFactory.getLogger(ClientApplication.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For as long as a Lease of the usual length lasts. */
  private static final int TRIES = 15;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String NOT_ADMITTED =
      "The driver ended before the application was admitted.";

  private final Attempt attempt;
  private final SparkApps apps;
  private final JsonNode app;
  private final DriverLease lease;
  private final DriverProcess process;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "spark-app");
            thread.setDaemon(true);
            return thread;
          });

  private volatile SparkContext context;
  private final CountDownLatch heard = new CountDownLatch(1);
  private volatile boolean stopping;
  private final AtomicInteger tries = new AtomicInteger(TRIES);
  private volatile boolean endTold;
  private String said = "";

  private ClientApplication(
      Attempt attempt, SparkApps apps, JsonNode app, DriverLease lease, DriverProcess process) {
    this.attempt = attempt;
    this.apps = apps;
    this.app = app;
    this.lease = lease;
    this.process = process;
  }

  /**
   * Creates or joins.
   *
   * @throws IllegalStateException when that can not be, with a sentence
   */
  static ClientApplication begin(String master, SparkContext context) {
    SparkConf conf = context.conf();
    MasterUrl url = MasterUrl.parse(master);
    DriverProcess process = DriverProcess.ofThisThread();
    try {
      ClusterAccess access =
          ClusterAccess.find(System.getenv(), conf.get(ClientConf.CONTEXT, null));
      DriverHost host = DriverHost.of(conf, access.apiServer().uri());
      String namespace = url.namespace().orElse(access.namespace());
      SparkApps apps = new SparkApps(access.apiServer(), namespace);
      long seconds = conf.getTimeAsSeconds("spark.sparkapp.leaseDuration", "30s");
      ObjectNode client = host.toJson();
      client.put("leaseSeconds", seconds);
      client.put("process", process.name());
      client.put("authenticate", conf.getBoolean("spark.authenticate", false));
      ObjectNode early = client.putObject("conf");
      ClientConf.early(conf).forEach(early::put);
      Arrival arrival =
          new Arrival(apps, new DriverLease(access.apiServer(), namespace, process, seconds));
      JsonNode app =
          url.name().isPresent()
              ? arrival.named(url.name().get(), conf, client)
              : arrival.anew(conf, client);
      String name = app.at("/metadata/name").asText();
      Attempt attempt = new Attempt(namespace, name + "-1", name + "-1", "1", access.apiServer());
      LOG.info(
          "This driver runs SparkApp {} in namespace {}; executors look for it at {}.",
          name,
          namespace,
          host);
      return new ClientApplication(attempt, apps, app, arrival.lease(), process);
    } catch (IOException e) {
      // Spark wraps it into an exception of its own, with a long stack trace around the sentence.
      LOG.error(e.getMessage());
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The driver was interrupted.", e);
    }
  }

  private String name() {
    return app.at("/metadata/name").asText();
  }

  Attempt attempt() {
    return attempt;
  }

  @Override
  public boolean requestThere() {
    return false;
  }

  @Override
  public void started(SparkContext running) {
    context = running;
    long renewal = lease.renewalMillis();
    timer.schedule(this::renew, renewal, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(this::tellWhatItWaitsFor, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void requestHeard() {
    heard.countDown();
  }

  @Override
  public void requestGone() {
    timer.execute(this::look);
  }

  private void renew() {
    long next = lease.renewalMillis();
    try {
      lease.renew(app);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "The Lease of this driver could not be renewed: {}; it tries again.", e.getMessage());
      next = Math.min(next, RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    look();
    if (!timer.isShutdown()) {
      timer.schedule(this::renew, next, TimeUnit.MILLISECONDS);
    }
  }

  private void tellWhatItWaitsFor() {
    if (!admitted()) {
      look();
    }
  }

  /** Whether somebody ended the application from outside. */
  private void look() {
    try {
      Optional<JsonNode> now = apps.get(name());
      Optional<String> over = end(now);
      if (over.isPresent()) {
        stopSpark(over.get());
      } else if (!admitted()) {
        say(now.get().at("/status/message").asText(""));
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("The SparkApp could not be read: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> end(Optional<JsonNode> now) {
    String uid = app.at("/metadata/uid").asText();
    if (now.isEmpty() || !now.get().at("/metadata/uid").asText().equals(uid)) {
      return Optional.of("it was deleted");
    }
    String phase = now.get().at("/status/phase").asText();
    return phase.equals("Failed") || phase.equals("Succeeded")
        ? Optional.of(now.get().at("/status/message").asText())
        : Optional.empty();
  }

  private void say(String message) {
    if (!message.isEmpty() && !message.equals(said)) {
      said = message;
      LOG.info("SparkApp {}: {}", name(), message);
    }
  }

  /** As YARN's client does when its application is killed: the user's program goes on without. */
  private synchronized void stopSpark(String why) {
    if (stopping) {
      return;
    }
    stopping = true;
    timer.shutdown();
    LOG.error("SparkApp {} has ended: {} Spark stops now.", name(), why);
    Runnable end =
        () -> {
          try {
            context.stop();
          } finally {
            LostJobs.release();
          }
        };
    Thread stop = new Thread(end, "spark-app-ended");
    stop.setDaemon(true);
    stop.start();
  }

  @Override
  public void stopping(int exitCode, RequestSheet sheet) {
    timer.shutdownNow();
    if (stopping) {
      return;
    }
    stopping = true;
    boolean inShutdown = ShutdownHookManager.inShutdown();
    if (!admitted() && (exitCode != 0 || inShutdown || !answeredSoon())) {
      withdraw();
    } else if (exitCode != 0 || inShutdown) {
      DriverProcess.End end = process.end(exitCode);
      endTold = true;
      sheet.end(end.exitCode(), end.message());
    } else {
      tellEndSoon();
    }
  }

  private boolean admitted() {
    return heard.getCount() == 0;
  }

  /**
   * A short program may be done before the operator has answered, and has succeeded all the same.
   */
  private boolean answeredSoon() {
    try {
      return heard.await(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A program that throws closes Spark on its way out. So the verdict waits for the process' end,
   * but not for long: one that goes on without Spark has done with it.
   */
  private void tellEndSoon() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::tellEnd, "spark-app-end"));
    tellEndLater();
  }

  private void tellEndLater() {
    CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::tellEnd);
  }

  /** Once; a second caller waits for the first, and tries again what that one could not do. */
  private synchronized void tellEnd() {
    if (endTold) {
      return;
    }
    DriverProcess.End end = process.end(0);
    ObjectNode patch = JSON.createObjectNode();
    patch
        .putObject("spec")
        .putObject("driverEnd")
        .put("exitCode", end.exitCode())
        .put("message", end.message());
    try {
      new ExecutorRequestClient(attempt.apiServer(), attempt.namespace(), attempt.request())
          .patch(patch);
      endTold = true;
    } catch (IOException e) {
      LOG.warn("The end could not be told: {}", e.getMessage());
      if (tries.decrementAndGet() > 0) {
        tellEndLater();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void withdraw() {
    try {
      apps.kill(app, NOT_ADMITTED);
    } catch (IOException e) {
      LOG.warn("The SparkApp ends when its Lease has run out: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
