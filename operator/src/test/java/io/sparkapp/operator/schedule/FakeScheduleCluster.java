package io.sparkapp.operator.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.ScheduledSparkAppSpec;
import io.sparkapp.crds.ScheduledSparkAppStatus;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One schedule in a cluster that is all memory: decisions are applied as the API server would, and
 * a test plays the applications and the garbage collector. {@link #reconcile(int, Fault)} stops
 * half way, as an operator that is killed does.
 */
final class FakeScheduleCluster {

  private static final String TEMPLATE =
      "template: {main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}}\n";

  private final Scheduling scheduling = new Scheduling();
  private final ScheduledSparkApp schedule = new ScheduledSparkApp();
  private final Map<String, SparkApp> apps = new TreeMap<>();
  private final List<String> created = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private Instant now;

  private FakeScheduleCluster(String lines, Instant now) {
    this.now = now;
    schedule.setMetadata(
        new ObjectMetaBuilder()
            .withName("nightly")
            .withNamespace("jobs")
            .withUid("uid-1")
            .withGeneration(1L)
            .withCreationTimestamp(now.toString())
            .build());
    schedule.setSpec(spec(lines + TEMPLATE));
  }

  /** Schedule {@code nightly}, just created, with these lines of its spec. */
  static FakeScheduleCluster at(String now, String lines) {
    return new FakeScheduleCluster(lines, Instant.parse(now));
  }

  private static ScheduledSparkAppSpec spec(String yaml) {
    return Serialization.unmarshal(yaml, ScheduledSparkAppSpec.class);
  }

  /** What happens to one call; the operator decides anew afterwards. */
  enum Fault {
    /** The operator dies before it makes the call, or the API server refuses it this time. */
    Before,
    /** The operator dies right after the call, or its answer never comes. */
    After
  }

  /** Observes, decides and applies until nothing changes. */
  FakeScheduleCluster reconcile() {
    for (int round = 0; round < 10; round++) {
      ScheduledSparkAppStatus before = schedule.getStatus();
      int changes = created.size() + said.size() + apps.hashCode();
      reconcile(Integer.MAX_VALUE, Fault.Before);
      if (schedule.getStatus().equals(before)
          && changes == created.size() + said.size() + apps.hashCode()) {
        return this;
      }
    }
    throw new AssertionError("the decisions never come to rest: " + said);
  }

  /** One decision; the call after {@code calls} others meets with the fault. */
  int reconcile(int calls, Fault fault) {
    SchedulePlan plan = decide();
    List<Runnable> all = new ArrayList<>();
    boolean refused =
        refusal.isPresent()
            && plan.before().stream().anyMatch(ScheduleAction.Start.class::isInstance);
    if (refused) {
      plan = scheduling.refused(observed(), refusal.get());
    }
    plan.before().forEach(action -> all.addAll(calls(action)));
    ScheduledSparkAppStatus status = plan.status();
    if (!status.equals(observed().status())) {
      all.add(() -> schedule.setStatus(status));
    }
    plan.after().forEach(action -> all.addAll(calls(action)));
    int made = Math.min(all.size(), fault == Fault.After ? calls + 1 : calls);
    all.subList(0, made).forEach(Runnable::run);
    return all.size();
  }

  SchedulePlan decide() {
    return scheduling.decide(observed());
  }

  ObservedSchedule observed() {
    return new ObservedSchedule(schedule, List.copyOf(apps.values()), now);
  }

  private List<Runnable> calls(ScheduleAction action) {
    if (action instanceof ScheduleAction.Start start) {
      return List.of(() -> create(start.app()));
    } else if (action instanceof ScheduleAction.End end) {
      return end.apps().stream()
          .<Runnable>map(
              name ->
                  () ->
                      Optional.ofNullable(apps.get(name))
                          .ifPresent(app -> app.getMetadata().setDeletionTimestamp(now.toString())))
          .toList();
    } else if (action instanceof ScheduleAction.Forget forget) {
      return forget.apps().stream().<Runnable>map(name -> () -> apps.remove(name)).toList();
    } else if (action instanceof ScheduleAction.Announce announce) {
      return List.of(() -> say(announce.reason() + ": " + announce.message()));
    }
    throw new AssertionError(action);
  }

  private void create(SparkApp app) {
    if (apps.putIfAbsent(app.getMetadata().getName(), app) == null) {
      created.add(app.getMetadata().getName());
    }
  }

  private void say(String event) {
    if (!said.contains(event)) {
      said.add(event);
    }
  }

  // What others do.

  FakeScheduleCluster timeIs(String time) {
    now = Instant.parse(time);
    return this;
  }

  FakeScheduleCluster timePasses(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** The garbage collector: what was deleted is really gone. */
  FakeScheduleCluster deletedGo() {
    apps.values().removeIf(app -> app.getMetadata().getDeletionTimestamp() != null);
    return this;
  }

  /** The latest run that has not ended. */
  FakeScheduleCluster runEnds(Phase phase, String message) {
    List<Run> active = observed().active();
    return runEnds(active.get(active.size() - 1).name(), phase, message);
  }

  FakeScheduleCluster runEnds(String name, Phase phase, String message) {
    apps.get(name)
        .setStatus(
            new ObjectMapper()
                .convertValue(
                    Map.of(
                        "phase", phase, "message", message, "attempt", 1, "ended", now.toString()),
                    SparkAppStatus.class));
    return this;
  }

  FakeScheduleCluster userApplies(String lines) {
    return userAppliesWhole(lines + TEMPLATE);
  }

  FakeScheduleCluster userAppliesWhole(String yaml) {
    schedule.setSpec(spec(yaml));
    schedule.getMetadata().setGeneration(schedule.getMetadata().getGeneration() + 1);
    return this;
  }

  FakeScheduleCluster userDeletes(String app) {
    apps.remove(app);
    return this;
  }

  FakeScheduleCluster userHasHisOwn(SparkApp app) {
    apps.put(app.getMetadata().getName(), app);
    return this;
  }

  FakeScheduleCluster apiServerRefuses(String why) {
    refusal = Optional.ofNullable(why);
    return this;
  }

  // What tests look at.

  ScheduledSparkAppStatus status() {
    return schedule.getStatus();
  }

  Optional<Condition> condition(String type) {
    return status().conditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  SparkApp app(String name) {
    return apps.get(name);
  }

  List<String> apps() {
    return List.copyOf(apps.keySet());
  }

  /** Names of all that were ever created, in that order. */
  List<String> everCreated() {
    return List.copyOf(created);
  }

  List<String> said() {
    return List.copyOf(said);
  }

  /** What an end state is compared by. */
  Map<String, Object> endState() {
    Map<String, Object> state = new HashMap<>();
    state.put("apps", apps());
    state.put("created", everCreated());
    state.put("said", said().stream().sorted().toList());
    state.put("message", status().message());
    state.put("active", status().activeApps());
    state.put("last", status().lastApp() + " " + status().lastScheduleTime());
    state.put("success", String.valueOf(status().lastSuccessfulTime()));
    state.put("next", String.valueOf(status().nextScheduleTime()));
    state.put("skipped", String.valueOf(status().skipped()));
    return state;
  }
}
