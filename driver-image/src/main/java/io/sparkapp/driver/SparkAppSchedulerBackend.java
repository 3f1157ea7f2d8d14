package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.security.HadoopDelegationTokenManager;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.rpc.RpcEndpoint;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.scheduler.ExecutorDecommissionInfo;
import org.apache.spark.scheduler.ExecutorKilled$;
import org.apache.spark.scheduler.ExecutorLossReason;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Asks an operator for executors through one ExecutorRequest, and hears from it which ended and
 * why. It lists no pods, watches none and creates none. Everything else is Spark's coarse-grained
 * backend.
 */
final class SparkAppSchedulerBackend extends CoarseGrainedSchedulerBackend {

  /** As Spark's Kubernetes and YARN backends have it; the base class waits for nobody. */
  private static final double MIN_REGISTERED_RATIO = 0.8;

  private static final String RATIO = "spark.scheduler.minRegisteredResourcesRatio";
  private static final String MOST_FAILED_ON_A_NODE =
      "spark.excludeOnFailure.application.maxFailedExecutorsPerNode";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LAST_WRITE = Duration.ofSeconds(3);

  private final SparkContext context;
  private final Attempt attempt;
  private final DriverPlace place;
  private final ExecutorPool pool;
  private final ExecutorNodes nodes = new ExecutorNodes();
  private final ExecutorBounds bounds;
  private final Resizing resizing;
  private final FirstTimes firstTimes = new FirstTimes();
  private final RequestSheet sheet = new RequestSheet();
  private final RequestWriter writer;
  private final RequestWatcher watcher;
  private final LossReasons lossReasons;
  private final ProgressReporter progress;

  /** What Spark asked for last, whether or not it may have it. */
  private volatile List<Ask> wanted = List.of();

  private volatile boolean stopped;
  private volatile int exitCode;

  // Spark's constructor calls createDriverEndpoint before any field here is set: an initialiser
  // would wipe out what that call stored.
  private SparkAppDriverEndpoint endpoint;

  SparkAppSchedulerBackend(
      TaskSchedulerImpl scheduler, SparkContext context, Attempt attempt, DriverPlace place) {
    super(scheduler, context.env().rpcEnv());
    this.context = context;
    this.attempt = attempt;
    this.place = place;
    this.pool = new ExecutorPool(this, scheduler, context);
    this.bounds = new ExecutorBounds(context.conf());
    this.resizing = new Resizing(bounds, pool);
    ExecutorRequestClient client =
        new ExecutorRequestClient(attempt.apiServer(), attempt.namespace(), attempt.request());
    this.watcher = new RequestWatcher(client, this::heard, place::requestGone);
    this.writer = new RequestWriter(sheet, patch -> watcher.offer(client.patch(patch)));
    this.lossReasons =
        new LossReasons(
            this::removeExecutor,
            this::release,
            Duration.ofSeconds(
                context.conf().getTimeAsSeconds("spark.sparkapp.lossReasonTimeout", "30s")));
    this.progress = new ProgressReporter(context, pool, this::report);
  }

  @Override
  public DriverEndpoint createDriverEndpoint() {
    endpoint = new SparkAppDriverEndpoint(this);
    return endpoint;
  }

  @Override
  public void start() {
    super.start();
    // The operator may have asked for just this already.
    writer.hold();
    // Through the front door, so that Spark knows what a later requestExecutors(1) adds to.
    pool.ask(bounds.initial());
    context.addSparkListener(
        new NodeExclusion(nodes, conf().getInt(MOST_FAILED_ON_A_NODE, 2), this::exclude));
    progress.listen();
    watcher.start();
    place.started(context);
  }

  /** All that executors need is set: those that wait may come in. */
  void applicationStarted() {
    endpoint.configurationIsWhole();
    resizing.applicationStarted();
    rpcEnv().setupEndpoint(ReadyEndpoint.NAME, new ReadyEndpoint(rpcEnv()));
    progress.start();
  }

  /**
   * Executors that start early look for this endpoint; it has nothing to say but that it is there.
   */
  private record ReadyEndpoint(RpcEnv rpcEnv) implements RpcEndpoint {
    static final String NAME = "SparkAppReady";
  }

  /** May be asked before Spark's constructor is through: there is no context then. */
  boolean isStopped() {
    return stopped || context != null && context.isStopped();
  }

  @Override
  public String applicationId() {
    return attempt.applicationId();
  }

  @Override
  public Option<String> applicationAttemptId() {
    return Option.apply(attempt.number());
  }

  @Override
  public double minRegisteredRatio() {
    return conf().contains(RATIO) ? super.minRegisteredRatio() : MIN_REGISTERED_RATIO;
  }

  @Override
  public boolean sufficientResourcesRegistered() {
    return totalRegisteredExecutors().get() >= bounds.toWaitFor() * minRegisteredRatio();
  }

  /** Called with the backend's lock held: it only notes the totals down. */
  @Override
  public Future<Object> doRequestTotalExecutors(
      scala.collection.immutable.Map<ResourceProfile, Object> totals) {
    List<Ask> asks = new ArrayList<>();
    for (Map.Entry<ResourceProfile, Object> total :
        CollectionConverters.asJava(totals).entrySet()) {
      asks.add(Ask.of(total.getKey(), ((Number) total.getValue()).intValue(), conf()));
    }
    wanted = List.copyOf(asks);
    sheet.prefer(DataLocality.byNode(rpHostToLocalTaskCount(), nodes));
    askForWanted();
    return Future.successful(true);
  }

  /** Asks for what Spark wants, as far as it may have it. */
  void askForWanted() {
    sheet.ask(
        wanted.stream()
            .map(ask -> ask.withTotal(bounds.clamp(ask.profile(), ask.total())))
            .toList());
    writer.soon();
  }

  /** Where executors are. */
  ExecutorNodes nodes() {
    return nodes;
  }

  private void exclude(Collection<String> excluded) {
    sheet.exclude(excluded);
    writer.soon();
  }

  /** An executor has come in. */
  void registered() {
    resizing.registered();
  }

  @Override
  public Future<Object> doKillExecutors(Seq<String> executors) {
    List<String> ids = List.copyOf(CollectionConverters.asJava(executors));
    ids.forEach(id -> tellSpark(id, ExecutorKilled$.MODULE$));
    ids.forEach(this::release);
    return Future.successful(true);
  }

  /** Whoever wants it: a queue that takes executors back must not take others besides. */
  @Override
  public Seq<String> decommissionExecutors(
      Tuple2<String, ExecutorDecommissionInfo>[] executors, boolean adjust, boolean byExecutor) {
    Seq<String> decommissioned = super.decommissionExecutors(executors, adjust, byExecutor);
    List<String> ids = List.copyOf(CollectionConverters.asJava(decommissioned));
    boolean wanted = sheet.leave(ids);
    // Those that went before they were noted here nobody would take out again.
    ids.stream().filter(lossReasons::isSettled).forEach(sheet::left);
    if (wanted) {
      writer.soon();
    }
    return decommissioned;
  }

  /** What the operator says of this executor later is no news to Spark. */
  void tellSpark(String executor, ExecutorLossReason reason) {
    if (lossReasons.settle(executor)) {
      removeExecutor(executor, reason);
    }
    sheet.left(executor);
  }

  private void release(String executor) {
    sheet.release(List.of(executor));
    writer.soon();
  }

  /** An executor that was given back or given up may still be on its way in. */
  @Override
  public boolean isExecutorExcluded(String executorId, String hostname) {
    return lossReasons != null
        && (sheet.isReleased(executorId) || lossReasons.isSettled(executorId));
  }

  @Override
  public Option<HadoopDelegationTokenManager> createTokenManager() {
    return Option.apply(
        new HadoopDelegationTokenManager(conf(), context.hadoopConfiguration(), driverEndpoint()));
  }

  void askWhyDisconnected(String executor) {
    if (lossReasons.ask(executor)) {
      sheet.askWhyDisconnected(executor);
      writer.soon();
    }
  }

  private void heard(JsonNode request) {
    place.requestHeard();
    writer.release(request.path("spec"));
    RequestStatus status = RequestStatus.of(request);
    long seen = sheet.seenEnded();
    List<RequestStatus.Ended> fresh =
        status.ended().stream().filter(end -> end.sequence() > seen).toList();
    fresh.forEach(lossReasons::learn);
    fresh.forEach(progress::ended);
    if (!fresh.isEmpty()) {
      sheet.seen(
          fresh.stream().mapToLong(RequestStatus.Ended::sequence).max().orElse(seen),
          fresh.stream().map(RequestStatus.Ended::id).toList());
      writer.lazily();
    }
    status.bounds().ifPresent(resizing::told);
    if (sheet.queueTakesBack(!status.reclaim().isEmpty())) {
      writer.soon();
    }
    resizing.reclaim(status.reclaim());
  }

  private void report(Progress now) {
    sheet.progress(JSON.valueToTree(now));
    if (firstTimes.isOneOf(now)) {
      writer.soon();
    } else {
      writer.lazily();
    }
  }

  @Override
  public void stop(int exitCode) {
    this.exitCode = exitCode;
    stop();
  }

  /** No executor is asked for any more before they are told to stop (SPARK-12009). */
  @Override
  public void stop() {
    stopped = true;
    sheet.askForNothing();
    progress.close();
    place.stopping(exitCode, sheet);
    if (place.requestThere()) {
      writer.release();
    }
    writer.flush(LAST_WRITE);
    try {
      super.stop();
    } finally {
      writer.finish(LAST_WRITE);
      watcher.close();
      lossReasons.close();
      resizing.close();
    }
  }
}
