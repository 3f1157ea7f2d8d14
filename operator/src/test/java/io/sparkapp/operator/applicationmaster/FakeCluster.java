package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.operator.resourcemanager.ResourceManager;
import io.sparkapp.operator.resourcemanager.UnlimitedResourceManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
              Duration.ofMinutes(5)));
  private final ResourceManager resourceManager;
  private final Map<String, Pod> pods = new TreeMap<>();
  private final List<String> created = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private SparkApp app;
  private ExecutorRequest request;
  private boolean secret;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  FakeCluster(SparkApp app) {
    this(app, new UnlimitedResourceManager());
  }

  FakeCluster(SparkApp app, ResourceManager resourceManager) {
    this.app = app;
    this.resourceManager = resourceManager;
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

  /** One decision of which only the first {@code steps} steps are carried out. */
  int reconcile(int steps) {
    Observed observed = observed();
    Plan plan = master.decide(observed, resourceManager.allocate(master.demand(observed)));
    List<Runnable> calls = new ArrayList<>();
    plan.before().forEach(action -> calls.addAll(calls(action)));
    if (!plan.status().equals(observed.status())) {
      calls.add(() -> app.setStatus(plan.status()));
    }
    plan.after().forEach(action -> calls.addAll(calls(action)));
    calls.stream().limit(steps).forEach(Runnable::run);
    return calls.size();
  }

  Plan decide() {
    Observed observed = observed();
    return master.decide(observed, resourceManager.allocate(master.demand(observed)));
  }

  private Observed observed() {
    return new Observed(
        app,
        Optional.ofNullable(request),
        Optional.ofNullable(pods.get(names().driverPod())),
        pods.values().stream()
            .filter(pod -> Names.EXECUTOR.equals(pod.getMetadata().getLabels().get(Names.ROLE)))
            .toList(),
        now);
  }

  private List<Runnable> calls(Action action) {
    List<Runnable> calls = new ArrayList<>();
    if (action instanceof Action.OpenAttempt open) {
      calls.add(() -> request = request == null ? open.request() : request);
      calls.add(() -> secret = true);
    } else if (action instanceof Action.Answer answer) {
      calls.add(() -> request.setStatus(answer.status()));
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
    } else if (action instanceof Action.CloseAttempt) {
      calls.add(
          () -> {
            request = null;
            secret = false;
          });
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

  // What a driver does.

  FakeCluster driverWrites(UnaryOperator<ExecutorRequestSpec> change) {
    request.setSpec(change.apply(request.getSpec()));
    return this;
  }

  // What tests look at.

  Names names() {
    return Names.of(app, 1);
  }

  SparkAppStatus status() {
    return app.getStatus();
  }

  ExecutorRequest request() {
    return request;
  }

  boolean secretThere() {
    return secret;
  }

  List<String> podNames() {
    return List.copyOf(pods.keySet());
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
    state.put("request", request != null);
    state.put("secret", secret);
    return state;
  }
}
