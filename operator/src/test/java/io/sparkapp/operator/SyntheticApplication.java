package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application in the midst of its work, as driver, kubelet and a deciding operator write it. */
record SyntheticApplication(PageWorld world, JobNamespace jobs, String name) {

  static final int STAGES = 14;

  /** With a DAG of fourteen stages, one of them skipped and two running. */
  void runs(String userInterfacePort) {
    runs(userInterfacePort, 1);
  }

  /** The same with executors from this one on: those before it have left nothing behind. */
  void runs(String userInterfacePort, int firstExecutor) {
    jobs.createWith(
        name,
        "  user: ada\n  queue: analytics\n  sparkConf: {spark.eventLog.enabled: \"true\","
            + " spark.ui.port: \""
            + userInterfacePort
            + "\"}\n  executor: {min: 2, max: 8}\n");
    Instant now = now();
    world.status(
        jobs,
        name,
        Map.of(
            "phase",
            "Running",
            "message",
            "Stage 8 of 14: 37 of 80 tasks, about 2 min left.",
            "attempt",
            2,
            "applicationId",
            name + "-2",
            "queue",
            "analytics",
            "started",
            ago(14),
            "attemptStarted",
            ago(9),
            "driver",
            Map.of("pod", name + "-2-driver", "address", "127.0.0.1"),
            "executors",
            Map.of("asked", 8, "granted", 6, "running", 5, "failed", 1, "summary", "5/8"),
            "history",
            List.of(
                Map.of(
                    "attempt",
                    1,
                    "started",
                    ago(14),
                    "ended",
                    ago(10),
                    "outcome",
                    "Failed",
                    "exitCode",
                    1,
                    "message",
                    "The driver was OOMKilled at its limit of 2Gi; raise driver.memory."))));
    world.status(jobs, name, Map.of("progress", progress(12)));
    jobs.admin().resource(request()).create();
    pod("driver", 0, "driver", now.minus(Duration.ofMinutes(9)));
    for (int id = firstExecutor; id <= 6; id++) {
      pod("executor", id, "exec-" + id, now.minus(Duration.ofMinutes(9 - id)));
    }
  }

  private Map<String, Object> progress(int done) {
    return Map.of(
        "jobs", Map.of("done", 1, "total", 3),
        "stages", Map.of("done", 6, "total", STAGES),
        "tasks", Map.of("done", 400 + done, "total", 900, "active", 10, "failed", 3),
        "percent", (400 + done) / 9);
  }

  private ExecutorRequest request() {
    List<Map<String, Object>> graph = new ArrayList<>();
    int[][] parents = {
      {}, {}, {0}, {1}, {2, 3}, {}, {4, 5}, {4}, {6, 7}, {3}, {8, 9}, {10}, {10}, {11, 12, 5}
    };
    for (int id = 0; id < STAGES; id++) {
      graph.add(stage(id, parents[id]));
    }
    Map<String, Object> live = new java.util.HashMap<>(progress(37));
    live.put("graph", graph);
    live.put(
        "active",
        List.of(
            Map.of("stage", 7, "attempt", 0, "name", "x", "done", 37, "active", 8, "total", 80),
            Map.of("stage", 9, "attempt", 1, "name", "y", "done", 4, "active", 2, "total", 60)));
    String json =
        Serialization.asJson(
            Map.of(
                "apiVersion",
                "sparkapp.io/v1alpha1",
                "kind",
                "ExecutorRequest",
                "metadata",
                Map.of(
                    "name",
                    name + "-2",
                    "namespace",
                    jobs.namespace(),
                    "labels",
                    labels(),
                    "ownerReferences",
                    List.of(owner())),
                "spec",
                Map.of("progress", live)));
    return Serialization.unmarshal(json, ExecutorRequest.class);
  }

  private static Map<String, Object> stage(int id, int[] parents) {
    String state =
        id == 5 ? "Skipped" : id < 7 ? "Done" : id == 7 || id == 9 ? "Active" : "Waiting";
    Map<String, Object> stage = new java.util.HashMap<>();
    stage.put("stage", id);
    stage.put("job", id < 7 ? 0 : 1);
    stage.put(
        "name",
        (id % 2 == 0 ? "map at Flights.java:" : "reduceByKey at Flights.java:") + (20 + id));
    stage.put("parents", java.util.Arrays.stream(parents).boxed().toList());
    stage.put("state", state);
    stage.put("tasks", 40 + 20 * (id % 3));
    stage.put("failed", id == 9 ? 3 : 0);
    if (!state.equals("Waiting") && !state.equals("Skipped")) {
      stage.put("attempt", id == 9 ? 1 : 0);
      stage.put("submitted", ago(8));
    }
    if (state.equals("Done")) {
      stage.put("completed", ago(8 - id));
    }
    return stage;
  }

  /** As an operator tells of an executor that failed. */
  void lost(int executor, String sentence) {
    jobs.admin()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(name + "." + executor)
                .withNamespace(jobs.namespace())
                .endMetadata()
                .withType("Warning")
                .withReason("ExecutorLost")
                .withMessage(sentence)
                .withLastTimestamp(ago(3))
                .withCount(1)
                .withNewInvolvedObject()
                .withKind("SparkApp")
                .withName(name)
                .withNamespace(jobs.namespace())
                .withUid(jobs.app(name).getMetadata().getUid())
                .endInvolvedObject()
                .build())
        .create();
  }

  /** It has ended, and was too large. */
  void endedWithUsage() {
    world.status(
        jobs,
        name,
        Map.of(
            "phase",
            "Succeeded",
            "message",
            "Succeeded after 14 min.",
            "ended",
            ago(1),
            "usage",
            Map.of(
                "executor",
                Map.of(
                    "asked",
                    Map.of("memory", "4096Mi", "memoryOverhead", "409Mi", "cpuRequest", "2"),
                    "peak",
                    Map.of("heap", "1310Mi", "offHeap", "210Mi", "cpu", "1500m"),
                    "wouldDo",
                    Map.of("memory", "1792Mi", "memoryOverhead", "409Mi", "cpuRequest", "2"),
                    "sentence",
                    "An executor used at most 1310Mi of 4096Mi heap. memory: 1792Mi would do."))));
  }

  /** Another task is done. */
  void goesOn(int done) {
    jobs.admin()
        .resources(ExecutorRequest.class)
        .inNamespace(jobs.namespace())
        .withName(name + "-2")
        .patch(
            io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of(
                    "spec",
                    Map.of(
                        "progress",
                        Map.of(
                            "active",
                            List.of(
                                Map.of(
                                    "stage", 7, "attempt", 0, "name", "x", "done", done, "active",
                                    8, "total", 80)))))));
  }

  private void pod(String role, int id, String suffix, Instant started) {
    Map<String, String> labels = new java.util.HashMap<>(labels());
    labels.put("sparkapp.io/role", role);
    if (role.equals("executor")) {
      labels.put("sparkapp.io/executor-id", Integer.toString(id));
      labels.put("sparkapp.io/profile", "0");
    }
    String full = name + "-2-" + suffix;
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(full)
            .withNamespace(jobs.namespace())
            .withLabels(labels)
            .addNewOwnerReference()
            .withApiVersion("sparkapp.io/v1alpha1")
            .withKind("SparkApp")
            .withName(name)
            .withUid(jobs.app(name).getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-" + (1 + id % 3))
            .addNewContainer()
            .withName(role)
            .withImage("i")
            .endContainer()
            .endSpec()
            .build();
    jobs.admin().resource(pod).create();
    boolean ended = id == 3;
    jobs.admin()
        .pods()
        .inNamespace(jobs.namespace())
        .withName(full)
        .editStatus(
            there ->
                new PodBuilder(there)
                    .editOrNewStatus()
                    .withPhase(id == 6 ? "Pending" : ended ? "Failed" : "Running")
                    .withPodIP("127.0.0.1")
                    .withContainerStatuses(
                        new ContainerStatusBuilder()
                            .withName(role)
                            .withImage("i")
                            .withImageID("i")
                            .withReady(false)
                            .withRestartCount(0)
                            .withState(state(id, ended, started))
                            .build())
                    .endStatus()
                    .build());
  }

  private static io.fabric8.kubernetes.api.model.ContainerState state(
      int id, boolean ended, Instant started) {
    var state = new io.fabric8.kubernetes.api.model.ContainerStateBuilder();
    if (ended) {
      return state
          .withNewTerminated()
          .withExitCode(137)
          .withReason("OOMKilled")
          .withStartedAt(started.toString())
          .withFinishedAt(ago(2))
          .endTerminated()
          .build();
    }
    return id == 6
        ? state
            .withNewWaiting()
            .withReason("ImagePullBackOff")
            .withMessage("no such image")
            .endWaiting()
            .build()
        : state.withNewRunning().withStartedAt(started.toString()).endRunning().build();
  }

  private Map<String, String> labels() {
    return Map.of(
        "app.kubernetes.io/managed-by", "sparkapp-operator",
        "sparkapp.io/app", name,
        "sparkapp.io/attempt", "2");
  }

  private Map<String, Object> owner() {
    return Map.of(
        "apiVersion",
        "sparkapp.io/v1alpha1",
        "kind",
        "SparkApp",
        "name",
        name,
        "uid",
        jobs.app(name).getMetadata().getUid());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String ago(int minutes) {
    return now().minus(Duration.ofMinutes(minutes)).toString();
  }
}
