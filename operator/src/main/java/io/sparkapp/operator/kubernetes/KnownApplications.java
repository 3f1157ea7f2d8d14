package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Names;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.web.ApplicationKey;
import io.sparkapp.operator.web.Applications;
import io.sparkapp.operator.web.ExecutorJournal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the reconciler's caches know, for those who only look. */
final class KnownApplications implements Applications {

  private final ApplicationCaches caches;
  private final ClusterView cluster;
  private final ExecutorJournal journal;
  private final Clock clock;
  private final Instant since;

  KnownApplications(
      ApplicationCaches caches, ClusterView cluster, ExecutorJournal journal, Clock clock) {
    this.caches = caches;
    this.cluster = cluster;
    this.journal = journal;
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public Stream<SparkApp> all() {
    return caches.all();
  }

  @Override
  public Optional<Observed> observe(ApplicationKey application) {
    return caches
        .apps()
        .get(new ResourceID(application.name(), application.namespace()))
        .map(app -> caches.observe(app, clock.instant()));
  }

  @Override
  public List<ExecutorReport> executors(Observed observed) {
    SparkApp app = observed.app();
    Map<List<Integer>, ExecutorReport> byId = new LinkedHashMap<>();
    // What is still to be told to the driver has no times; those that saw it go had them.
    observed.answered().ended().stream()
        .map(end -> written(observed.names(), end))
        .forEach(report -> put(byId, report));
    journal.of(app.getMetadata().getUid()).forEach(report -> put(byId, report));
    caches.pods().of(app).stream()
        .filter(pod -> Ownership.ownedBy(pod, app))
        .filter(KnownApplications::isExecutor)
        .map(pod -> ExecutorReport.of(pod, observed.now()))
        .forEach(report -> put(byId, report));
    return List.copyOf(byId.values());
  }

  private static ExecutorReport written(Names names, ExecutorRequestStatus.Ended end) {
    return ExecutorReport.written(
        names, Integer.parseInt(end.id()), Optional.empty(), end.message());
  }

  private static boolean isExecutor(Pod pod) {
    return Names.EXECUTOR.equals(pod.getMetadata().getLabels().get(Names.ROLE));
  }

  private static void put(Map<List<Integer>, ExecutorReport> byId, ExecutorReport report) {
    byId.put(List.of(report.attempt(), report.id()), report);
  }

  @Override
  public Instant since() {
    return since;
  }

  @Override
  public long revision(Observed observed) {
    long sum =
        Stream.concat(
                Stream.concat(Stream.of(observed.app()), observed.request().stream()),
                Stream.concat(observed.driver().stream(), observed.executors().stream()))
            .mapToLong(KnownApplications::mark)
            .sum();
    return sum + journal.count(observed.app().getMetadata().getUid());
  }

  private static long mark(HasMetadata object) {
    return 31L * Objects.hashCode(object.getMetadata().getUid())
        + Objects.hashCode(object.getMetadata().getResourceVersion()) * 0x9E3779B97F4A7C15L;
  }

  @Override
  public List<SparkQueue> queues() {
    return cluster.sparkQueues();
  }
}
