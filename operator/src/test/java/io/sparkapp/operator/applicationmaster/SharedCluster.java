package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.ManualClock;
import io.sparkapp.operator.ManualTimer;
import io.sparkapp.operator.resourcemanager.Allocation;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.QueueTree;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import io.sparkapp.operator.resourcemanager.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Six cores for two queues, each with a guarantee of three: one has the application of a {@link
 * FakeCluster}, the other one a rival that takes what it is given. An operator that follows another
 * one knows what was written down and nothing else.
 */
final class SharedCluster {

  private static final Map<String, SparkQueueSpec> QUEUES =
      Map.of(
          "root", spec("max: {cpu: 6}"),
          "etl", spec("guaranteed: {cpu: 3}"),
          "adhoc", spec("guaranteed: {cpu: 3}"));
  private static final ApplicationId RIVAL = new ApplicationId("jobs", "rival");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualClock clock = new ManualClock(START);
  private ManualTimer timer;
  private int rivalsCores;
  private int rivalHas;
  private FakeCluster cluster;

  /** An application in queue etl, beside a rival. */
  static FakeCluster of(SparkApp app, int rivalsCores) {
    SharedCluster shared = new SharedCluster();
    shared.rivalsCores = rivalsCores;
    shared.rivalHas = rivalsCores;
    FakeCluster cluster = new FakeCluster(app, shared::operator);
    return cluster;
  }

  private static SparkQueueSpec spec(String yaml) {
    return Serialization.unmarshal("---\n" + yaml, SparkQueueSpec.class);
  }

  private ResourceManager operator(FakeCluster successor) {
    cluster = successor;
    timer = new ManualTimer(clock);
    QueuedResourceManager next =
        new QueuedResourceManager(
            clock,
            timer,
            new QueuedResourceManager.News() {
              @Override
              public void of(Collection<ApplicationId> applications) {
                // A test decides about both whenever something happens.
              }

              @Override
              public void ofQueues() {
                // Nobody looks at queues.
              }
            });
    next.queuesAre(QueueTree.of(QUEUES, QueueTree.BARE).inForce());
    next.begin(Stream.of(rival(), cluster.reported()).flatMap(Optional::stream).toList());
    return new Front(this, next);
  }

  /** What the operator of a cluster knows, as a test may change it. */
  private record Front(SharedCluster shared, QueuedResourceManager queued)
      implements ResourceManager {

    @Override
    public Allocation allocate(ApplicationDemand demand) {
      shared.clock.set(shared.cluster.now());
      shared.rivalTakes(queued);
      return queued.allocate(demand);
    }

    @Override
    public void release(ApplicationId application) {
      queued.release(application);
    }
  }

  /** The rival wants so many cores in all, from now on. */
  static void rivalWants(FakeCluster cluster, int cores) {
    Front front = (Front) cluster.resourceManager();
    front.shared().rivalsCores = cores;
    front.shared().rivalHas = Math.min(front.shared().rivalHas, cores);
    front.shared().rivalTakes(front.queued());
  }

  /** Second by second, with all that becomes due. */
  static void timePasses(FakeCluster cluster, int seconds) {
    Front front = (Front) cluster.resourceManager();
    for (int second = 0; second < seconds; second++) {
      cluster.timePasses(Duration.ofSeconds(1));
      front.shared().clock.set(cluster.now());
      front.shared().timer.tick();
    }
  }

  private void rivalTakes(QueuedResourceManager queued) {
    Optional<ApplicationDemand> demand = rival();
    if (demand.isEmpty()) {
      queued.release(RIVAL);
      return;
    }
    Allocation allocation = queued.allocate(demand.get());
    int granted = allocation.grants().isEmpty() ? 0 : 1 + allocation.total();
    if (granted != rivalHas) {
      // Its pods come and go at once.
      rivalHas = granted;
      queued.allocate(rival().orElseThrow());
    }
  }

  private Optional<ApplicationDemand> rival() {
    if (rivalsCores == 0) {
      return Optional.empty();
    }
    int held = Math.max(0, rivalHas - 1);
    return Optional.of(
        new ApplicationDemand(
            RIVAL,
            "adhoc",
            Optional.of("adhoc").filter(queue -> rivalHas > 0),
            Optional.empty(),
            0,
            START.minusSeconds(60),
            new Resources(1000, 0),
            1,
            List.of(
                new Ask(
                    0, new Resources(1000, 0), rivalsCores - 1, held, held, 0, Optional.empty())),
            rivalHas > 0));
  }
}
