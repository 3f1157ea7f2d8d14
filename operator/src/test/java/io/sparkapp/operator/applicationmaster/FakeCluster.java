package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One application in a cluster that is all memory: decisions are applied as the API server would,
 * and a test plays the kubelet and the driver. {@link #reconcile(int)} stops half way, as an
 * operator that is killed does.
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
  private final Map<String, Pod> pods = new TreeMap<>();

  /** Decisions are made from what the operator keeps of pods. */
  private final CachedForm cachedForm = new CachedForm();

  private final List<String> created = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<Reference> required = new ArrayList<>();
  private Set<Reference> missing = Set.of();
  private int looks;
  private final Map<String, ExecutorRequest> requests = new TreeMap<>();
  private final Set<String> secrets = new TreeSet<>();
  private final Map<String, PersistentVolumeClaim> claims = new TreeMap<>();
  private final Map<String, GenericKubernetesResource> podGroups = new TreeMap<>();
  private SparkApp app;
  private Instant leaseRenewed;
  private boolean deleted;
  private int gang;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** What had to be there before the pods were made. */
  Set<Reference> required() {
    return Set.copyOf(required);
  }

  /** What stands for gangs at another scheduler. */
  List<GenericKubernetesResource> podGroups() {
    return List.copyOf(podGroups.values());
  }

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

  /** Observes, decides and applies until nothing changes; tells how many steps that took. */
  FakeCluster reconcile() {
    for (int round = 0; round < 20; round++) {
      if (reconcile(Integer.MAX_VALUE) == 0) {
        return this;
      }
    }
    throw new AssertionError("the decisions never come to rest: " + said);
  }

  /** One decision of which only the first {@code steps} calls are carried out. */
  int reconcile(int steps) {
    return reconcile(steps, Fault.KilledBefore);
  }

  /** One decision; the call after {@code steps} others meets with the fault. */
  int reconcile(int steps, Fault fault) {
    Plan plan = decide();
    List<List<Runnable>> stages = new ArrayList<>();
    plan.before().forEach(action -> stages.add(calls(action)));
    if (!plan.status().equals(observed().status())) {
      stages.add(List.of(() -> app.setStatus(plan.status())));
    }
    plan.after().forEach(action -> stages.add(calls(action)));
    int left = steps;
    for (List<Runnable> stage : stages) {
      if (left < stage.size()) {
        meet(stage, left, fault);
        if (fault == Fault.KilledBefore || fault == Fault.KilledAfter) {
          resourceManager = operators.apply(this);
        }
        return stages.stream().mapToInt(List::size).sum();
      }
      stage.forEach(Runnable::run);
      left -= stage.size();
    }
    if (!inQueue()) {
      resourceManager.release(
          new ApplicationId(app.getMetadata().getNamespace(), app.getMetadata().getName()));
    }
    return stages.stream().mapToInt(List::size).sum();
  }

  private boolean inQueue() {
    return app.getStatus() != null && ApplicationMaster.isInQueue(app.getStatus());
  }

  /** Calls of one stage are made at once: those that meet with nothing have their effect. */
  private static void meet(List<Runnable> stage, int victim, Fault fault) {
    for (int i = 0; i < stage.size(); i++) {
      boolean made =
          switch (fault) {
            case KilledBefore -> i < victim;
            case KilledAfter -> i <= victim;
            case Refused -> i != victim;
            case AnsweredTooLate -> true;
          };
      if (made) {
        stage.get(i).run();
      }
    }
  }

  /** What happens to one call; the operator decides anew afterwards. */
  enum Fault {
    /** The operator dies before it makes the call. */
    KilledBefore,
    /** The operator dies right after the call. */
    KilledAfter,
    /** The API server answers with a conflict or an error, and has done nothing. */
    Refused,
    /** The API server has done it, but the answer never comes. */
    AnsweredTooLate
  }

  Plan decide() {
    return master.decide(observed(), 0, resourceManager, this::missingAmong);
  }

  private List<Reference> missingAmong(String namespace, List<Reference> references) {
    looks++;
    required.addAll(references);
    return references.stream().filter(missing::contains).toList();
  }

  /** How often it was looked for what pods refer to. */
  int looks() {
    return looks;
  }

  /** These are not there. */
  FakeCluster misses(Reference... references) {
    missing = Set.of(references);
    return this;
  }

  /** What a new operator is told of the application. */
  Optional<ApplicationDemand> reported() {
    return master.reported(observed(), 0);
  }

  ResourceManager resourceManager() {
    return resourceManager;
  }

  private Observed observed() {
    return new Observed(
        app,
        Optional.ofNullable(request()),
        Optional.ofNullable(pods.get(names().driverPod())).map(this::cached),
        pods.values().stream()
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

  private List<Runnable> calls(Action action) {
    List<Runnable> calls = new ArrayList<>();
    if (action instanceof Action.Require require) {
      required.addAll(require.references());
      looks++;
    } else if (action instanceof Action.OpenAttempt open) {
      String name = open.request().getMetadata().getName();
      calls.add(() -> requests.putIfAbsent(name, open.request()));
      open.secret().ifPresent(secret -> calls.add(() -> secrets.add(name)));
    } else if (action instanceof Action.Answer answer) {
      calls.add(() -> requests.get(answer.request()).setStatus(answer.status()));
    } else if (action instanceof Action.CreateClaims create) {
      create
          .claims()
          .forEach(claim -> calls.add(() -> claims.put(claim.getMetadata().getName(), claim)));
    } else if (action instanceof Action.CreatePodGroup create) {
      calls.add(
          () -> podGroups.putIfAbsent(create.group().getMetadata().getName(), create.group()));
    } else if (action instanceof Action.CreatePods create) {
      create.pods().forEach(pod -> calls.add(() -> create(pod)));
    } else if (action instanceof Action.TellDriverAddress tell) {
      tell.pods().forEach(pod -> calls.add(() -> annotate(pod, tell.address())));
    } else if (action instanceof Action.DeletePods delete) {
      delete.pods().forEach(pod -> calls.add(() -> pods.remove(pod)));
    } else if (action instanceof Action.DeletePodsWith delete) {
      calls.add(
          () ->
              pods.values()
                  .removeIf(
                      pod ->
                          pod.getMetadata()
                              .getLabels()
                              .entrySet()
                              .containsAll(delete.labels().entrySet())));
    } else if (action instanceof Action.CloseAttempt close) {
      calls.add(
          () -> {
            requests.remove(close.request());
            podGroups.clear();
            claims.keySet().removeIf(claim -> claim.startsWith(close.request() + "-local-"));
            secrets.remove(close.request());
          });
    } else if (action instanceof Action.DeleteApplication) {
      calls.add(() -> deleted = true);
    } else if (action instanceof Action.Announce announce) {
      String text = announce.reason() + ": " + announce.message();
      calls.add(
          () -> {
            if (!said.contains(text)) {
              said.add(text);
            }
          });
    }
    return calls;
  }

  private void create(Pod pod) {
    if (pods.putIfAbsent(pod.getMetadata().getName(), pod) == null) {
      created.add(pod.getMetadata().getName());
      Map<String, String> annotations = pod.getMetadata().getAnnotations();
      gang += annotations != null && annotations.containsKey(BatchScheduling.GANG) ? 1 : 0;
    }
  }

  private void annotate(String pod, String address) {
    edit(
        pod,
        each -> each.editMetadata().addToAnnotations(Names.DRIVER_ADDRESS, address).endMetadata());
  }

  private void edit(String name, UnaryOperator<PodBuilder> change) {
    pods.computeIfPresent(name, (key, pod) -> change.apply(new PodBuilder(pod)).build());
  }

  // What a kubelet does.

  FakeCluster driverRuns() {
    return runs(names().driverPod(), Names.DRIVER, "10.0.0.1");
  }

  FakeCluster executorRuns(int id) {
    return runs(names().executorPod(id), Names.EXECUTOR, "10.0.1." + id);
  }

  FakeCluster executorRunsOn(int id, String node) {
    isBound(names().executorPod(id), node);
    return executorRuns(id);
  }

  FakeCluster driverRunsOn(String node) {
    isBound(names().driverPod(), node);
    return driverRuns();
  }

  private void isBound(String pod, String node) {
    edit(pod, each -> each.editSpec().withNodeName(node).endSpec());
  }

  /** All executors of the current attempt that do not run yet. */
  FakeCluster executorsRun() {
    executorIds(pod -> pod.getStatus() == null).forEach(this::executorRuns);
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

  FakeCluster driverHasAddress(String ip) {
    edit(
        names().driverPod(),
        pod -> pod.editOrNewStatus().withPhase("Pending").withPodIP(ip).endStatus());
    return this;
  }

  private FakeCluster runs(String pod, String container, String ip) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Running")
                .withPodIP(ip)
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewRunning(null)
                        .endState()
                        .build())
                .endStatus());
    return this;
  }

  FakeCluster driverEnds(int exitCode, String reason, String lastWords) {
    return ends(names().driverPod(), Names.DRIVER, exitCode, reason, lastWords);
  }

  FakeCluster executorEnds(int id, int exitCode, String reason) {
    return ends(names().executorPod(id), Names.EXECUTOR, exitCode, reason, null);
  }

  private FakeCluster ends(
      String pod, String container, int exitCode, String reason, String message) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(reason)
                        .withMessage(message)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
    return this;
  }

  /** A kubelet reports the end of a container a moment before that of its pod. */
  FakeCluster driverContainerIsKilled() {
    edit(
        names().driverPod(),
        each ->
            each.editOrNewStatus()
                .withPhase("Running")
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(Names.DRIVER)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(137)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
    return this;
  }

  FakeCluster initContainerFails(String pod) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Failed")
                .withInitContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName("fetch")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(2)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus());
    return this;
  }

  FakeCluster podIsEvicted(String pod, String message) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage(message)
                .withContainerStatuses(List.of())
                .endStatus());
    return this;
  }

  /** The first that a drain does to a pod: its container still runs. */
  FakeCluster podIsDrained(String pod) {
    edit(
        pod,
        each ->
            each.editMetadata()
                .withDeletionTimestamp(now.toString())
                .endMetadata()
                .editOrNewStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .endCondition()
                .endStatus());
    return this;
  }

  FakeCluster podWaits(String pod, String container, String reason, String message) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Pending")
                .withStartTime(now.toString())
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewWaiting(message, reason)
                        .endState()
                        .build())
                .endStatus());
    return this;
  }

  FakeCluster podIsUnschedulable(String pod, String message) {
    edit(
        pod,
        each ->
            each.editOrNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus());
    return this;
  }

  FakeCluster podVanishes(String pod) {
    pods.remove(pod);
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
    requests.remove(names().applicationId());
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

  /** That of the current attempt, or null. */
  ExecutorRequest request() {
    return requests.get(names().applicationId());
  }

  boolean secretThere() {
    return secrets.contains(names().applicationId());
  }

  boolean applicationDeleted() {
    return deleted;
  }

  List<String> podNames() {
    return List.copyOf(pods.keySet());
  }

  /** Claims of executors' local directories, by name. */
  Map<String, PersistentVolumeClaim> claims() {
    return Map.copyOf(claims);
  }

  Pod pod(String name) {
    return pods.get(name);
  }

  /** Names of all pods that were ever created, in that order. */
  List<String> everCreated() {
    return List.copyOf(created);
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /** What an end state is compared by. */
  Map<String, Object> endState() {
    Map<String, Object> state = new HashMap<>();
    state.put("phase", status() == null ? "none" : status().phase());
    state.put("message", status() == null ? "none" : status().message());
    state.put("pods", podNames());
    state.put("progress", status() == null ? "none" : String.valueOf(status().progress()));
    state.put("usage", status() == null ? "none" : String.valueOf(status().usage()));
    state.put("attempt", status() == null ? "none" : status().attempt());
    state.put("history", status() == null ? "none" : String.valueOf(status().history()));
    state.put("requests", Set.copyOf(requests.keySet()));
    state.put("secrets", Set.copyOf(secrets));
    state.put("claims", Set.copyOf(claims.keySet()));
    state.put("podGroups", Set.copyOf(podGroups.keySet()));
    state.put("gang", gang);
    return state;
  }

  /** What a cache keeps of it; the API server keeps it whole. */
  private Pod cached(Pod pod) {
    return cachedForm.of(new PodBuilder(pod).build());
  }
}
