package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import io.sparkapp.operator.resourcemanager.UnlimitedResourceManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One application in a cluster that is all memory: decisions are applied as the API server would,
 * and a test says what kubelets, the driver and the user do. {@link #reconcile(int)} stops half
 * way, as an operator that is killed does.
 */
final class FakeCluster {

  private final ApplicationMaster master =
      new ApplicationMaster(
          new PodDefaults(
              "driver-image",
              "executor-image",
              "IfNotPresent",
              List.of("registry"),
              "sparkapp-driver",
              "-XX:+UseSerialGC -Dours=1",
              "-Dexecutors=1",
              Duration.ofMinutes(5)));
  private final Function<FakeCluster, ResourceManager> operators;
  private ResourceManager resourceManager;
  private final StoredObjects stored = new StoredObjects();
  private final FakeKubelet kubelet = new FakeKubelet(stored);

  /** Decisions are made from what the operator keeps of pods. */
  private final CachedForm cachedForm = new CachedForm();

  private SparkApp app;
  private Instant leaseRenewed;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  FakeCluster(SparkApp app) {
    this(app, new UnlimitedResourceManager());
  }

  FakeCluster(SparkApp app, ResourceManager resourceManager) {
    this(app, cluster -> resourceManager);
  }

  /**
   * @param operators makes the ResourceManager of the first operator, and of each that follows one
   *     that died
   */
  FakeCluster(SparkApp app, Function<FakeCluster, ResourceManager> operators) {
    this.app = app;
    this.operators = operators;
    this.resourceManager = operators.apply(this);
  }

  /** The driver of {@code flights} and this many executors run. */
  static FakeCluster running(int executors) {
    return running(executors, new UnlimitedResourceManager());
  }

  static FakeCluster running(int executors, ResourceManager resourceManager) {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(executors), resourceManager);
    cluster.reconcile().driverRuns().executorsRun().reconcile();
    assertThat(cluster.status().phase()).isEqualTo(Phase.Running);
    return cluster;
  }

  /** Observes, decides and applies until nothing changes; tells how many steps that took. */
  FakeCluster reconcile() {
    for (int round = 0; round < 20; round++) {
      if (reconcile(Integer.MAX_VALUE) == 0) {
        return this;
      }
    }
    throw new AssertionError("the decisions never come to rest: " + said());
  }

  /** One decision of which only the first {@code steps} calls are carried out. */
  int reconcile(int steps) {
    return reconcile(steps, Fault.KilledBefore);
  }

  /** One decision; the call after {@code steps} others meets with the fault. */
  int reconcile(int steps, Fault fault) {
    PlannedCalls calls = calls(decide());
    boolean undisturbed = calls.make(steps, fault);
    if (!undisturbed && fault.kills()) {
      resourceManager = operators.apply(this);
    }
    if (undisturbed && !inQueue()) {
      resourceManager.release(
          new ApplicationId(app.getMetadata().getNamespace(), app.getMetadata().getName()));
    }
    return calls.count();
  }

  private PlannedCalls calls(Plan plan) {
    List<List<Runnable>> stages = new ArrayList<>();
    plan.before().forEach(action -> stages.add(stored.calls(action)));
    if (!plan.status().equals(observed().status())) {
      stages.add(List.of(() -> app.setStatus(plan.status())));
    }
    plan.after().forEach(action -> stages.add(stored.calls(action)));
    return new PlannedCalls(stages);
  }

  private boolean inQueue() {
    return app.getStatus() != null && ApplicationMaster.isInQueue(app.getStatus());
  }

  Plan decide() {
    seesNoMoreThanTheRequestTells();
    return master.decide(
        observed(), 0, resourceManager, (namespace, references) -> stored.missingAmong(references));
  }

  /** Of whom no pod need be looked at, none is there beyond what was granted. */
  private void seesNoMoreThanTheRequestTells() {
    Observed observed = observed();
    if (!observed.holdsWhatWasGranted() || observed.hasEnded() || observed.pauses()) {
      return;
    }
    ExecutorLedger ledger = Attempt.of(observed).ledger();
    Map<Integer, Integer> granted = new HashMap<>();
    observed.answered().granted().forEach(each -> granted.put(each.profile(), each.total()));
    assertThat(ledger.held())
        .as("what is held of the %s that were granted", granted)
        .allSatisfy(
            executor ->
                assertThat(ledger.heldOf(executor.profile()))
                    .isLessThanOrEqualTo(granted.getOrDefault(executor.profile(), 0)));
  }

  /** These are not there. */
  FakeCluster misses(Reference... references) {
    stored.misses(references);
    return this;
  }

  /** What a new operator is told of the application. */
  Optional<ApplicationDemand> reported() {
    return master.reported(observed(), 0);
  }

  ResourceManager resourceManager() {
    return resourceManager;
  }

  ApplicationMaster master() {
    return master;
  }

  Observed observed() {
    return new Observed(
        app,
        stored.request(names().applicationId()),
        stored.pod(names().driverPod()).map(this::cached),
        stored.pods().stream()
            .filter(
                pod ->
                    pod.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(names().executorSelector().entrySet()))
            .map(this::cached)
            .toList(),
        Optional.ofNullable(leaseRenewed),
        now);
  }

  /** What a cache keeps of it; the API server keeps it whole. */
  private Pod cached(Pod pod) {
    return cachedForm.of(new PodBuilder(pod).build());
  }

  // What kubelets do, the scheduler and those who drain nodes.

  FakeCluster driverHasAddress(String ip) {
    kubelet.hasAddress(names().driverPod(), ip);
    return this;
  }

  FakeCluster driverRuns() {
    kubelet.runs(names().driverPod(), Names.DRIVER, "10.0.0.1");
    return this;
  }

  FakeCluster driverRunsOn(String node) {
    kubelet.isBound(names().driverPod(), node);
    return driverRuns();
  }

  FakeCluster executorRuns(int id) {
    kubelet.runs(names().executorPod(id), Names.EXECUTOR, "10.0.1." + id);
    return this;
  }

  FakeCluster executorRunsOn(int id, String node) {
    kubelet.isBound(names().executorPod(id), node);
    return executorRuns(id);
  }

  /** All executors of the current attempt that do not run yet. */
  FakeCluster executorsRun() {
    executorIds(pod -> pod.getStatus() == null).forEach(this::executorRuns);
    return this;
  }

  FakeCluster driverEnds(int exitCode, String reason, String lastWords) {
    kubelet.ends(names().driverPod(), Names.DRIVER, exitCode, reason, lastWords);
    return this;
  }

  FakeCluster executorEnds(int id, int exitCode, String reason) {
    kubelet.ends(names().executorPod(id), Names.EXECUTOR, exitCode, reason, null);
    return this;
  }

  /** The one with the lowest id that runs. */
  FakeCluster oldestExecutorEnds(int exitCode, String reason) {
    return executorEnds(oldestExecutor(), exitCode, reason);
  }

  int oldestExecutor() {
    return executorIds(pod -> "Running".equals(pod.getStatus().getPhase())).get(0);
  }

  private List<Integer> executorIds(Predicate<Pod> wanted) {
    return observed().executors().stream()
        .filter(wanted)
        .map(pod -> Integer.parseInt(pod.getMetadata().getLabels().get(Names.EXECUTOR_ID)))
        .sorted()
        .toList();
  }

  FakeCluster driverContainerIsKilled() {
    kubelet.containerIsKilled(names().driverPod(), Names.DRIVER);
    return this;
  }

  FakeCluster initContainerFails(String pod) {
    kubelet.initContainerFails(pod);
    return this;
  }

  FakeCluster podIsEvicted(String pod, String message) {
    kubelet.evicts(pod, message);
    return this;
  }

  FakeCluster podIsDrained(String pod) {
    kubelet.isDrained(pod, now);
    return this;
  }

  FakeCluster podWaits(String pod, String container, String reason, String message) {
    kubelet.waits(pod, container, reason, message, now);
    return this;
  }

  FakeCluster podIsUnschedulable(String pod, String message) {
    kubelet.isUnschedulable(pod, message);
    return this;
  }

  FakeCluster podVanishes(String pod) {
    stored.removePod(pod);
    return this;
  }

  FakeCluster timePasses(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  Instant now() {
    return now;
  }

  // What a driver does.

  FakeCluster driverWrites(UnaryOperator<ExecutorRequestSpec> change) {
    request().setSpec(change.apply(request().getSpec()));
    return this;
  }

  /** A driver without a pod shows that it is alive. */
  FakeCluster driverRenewsItsLease() {
    leaseRenewed = now;
    return this;
  }

  FakeCluster requestVanishes() {
    stored.removeRequest(names().applicationId());
    return this;
  }

  // What a user does.

  FakeCluster userApplies(String specYaml) {
    app.setSpec(Apps.of(specYaml).getSpec());
    app.getMetadata().setGeneration(app.getMetadata().getGeneration() + 1);
    return this;
  }

  // What tests look at.

  /** Those of the current attempt. */
  Names names() {
    Integer attempt = app.getStatus() == null ? null : app.getStatus().attempt();
    return Names.of(app, attempt == null ? 1 : attempt);
  }

  SparkAppStatus status() {
    return app.getStatus();
  }

  /** Fails when there is no such condition. */
  Condition condition(String type) {
    return status().conditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst()
        .orElseThrow();
  }

  /** That of the current attempt, or null. */
  ExecutorRequest request() {
    return stored.request(names().applicationId()).orElse(null);
  }

  boolean secretThere() {
    return stored.hasSecret(names().applicationId());
  }

  boolean applicationDeleted() {
    return stored.applicationDeleted();
  }

  /** What had to be there before the pods were made. */
  Set<Reference> required() {
    return stored.required();
  }

  /** How often it was looked for what pods refer to. */
  int looks() {
    return stored.looks();
  }

  List<String> podNames() {
    return stored.pods().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  /** Claims of executors' local directories, by name. */
  Map<String, PersistentVolumeClaim> claims() {
    return stored.claims();
  }

  /** What stands for gangs at another scheduler. */
  List<GenericKubernetesResource> podGroups() {
    return stored.podGroups();
  }

  Pod pod(String name) {
    return stored.pod(name).orElse(null);
  }

  /** Names of all pods that were ever created, in that order. */
  List<String> everCreated() {
    return stored.everCreated();
  }

  List<String> said() {
    return stored.said();
  }

  /** What an end state is compared by. */
  Map<String, Object> endState() {
    Map<String, Object> state = new HashMap<>(stored.endState());
    state.put("phase", status() == null ? "none" : status().phase());
    state.put("message", status() == null ? "none" : status().message());
    state.put("progress", status() == null ? "none" : String.valueOf(status().progress()));
    state.put("usage", status() == null ? "none" : String.valueOf(status().usage()));
    state.put("attempt", status() == null ? "none" : status().attempt());
    state.put("history", status() == null ? "none" : String.valueOf(status().history()));
    return state;
  }
}
