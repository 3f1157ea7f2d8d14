package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What queues hold, are promised and may hold, counted anew from the applications. */
final class Holdings {

  private final Map<String, SparkQueueSpec> specs;
  private final Ceiling capacity;

  Holdings(Map<String, SparkQueueSpec> specs, Ceiling capacity) {
    this.specs = specs;
    this.capacity = capacity;
  }

  SparkQueueSpec spec(String queue) {
    return Objects.requireNonNullElse(specs.get(queue), SparkQueueSpec.DEFAULT);
  }

  /** What its spec says; else what those under it are guaranteed together. */
  Resources promised(String queue) {
    if (!spec(queue).guaranteed().isEmpty()) {
      return Queue.amounts(spec(queue).guaranteed());
    }
    return specs.keySet().stream()
        .filter(child -> !child.equals(SparkQueue.ROOT))
        .filter(
            child ->
                queue.equals(
                    Objects.requireNonNullElse(specs.get(child).parent(), SparkQueue.ROOT)))
        .map(this::promised)
        .reduce(Resources.NONE, Resources::plus);
  }

  Ceiling limit(String queue) {
    SparkQueueSpec spec = specs.get(queue);
    Ceiling max = Ceiling.of(spec.max());
    if (queue.equals(SparkQueue.ROOT) && spec.max().isEmpty()) {
      return capacity;
    }
    return spec.borrowing().isEmpty()
        ? max
        : max.and(Ceiling.of(spec.borrowing()).raisedBy(promised(queue)));
  }

  Resources used(Snapshot snapshot, String queue) {
    return sum(below(snapshot, queue));
  }

  Resources settled(Snapshot snapshot, String queue) {
    Resources sum = Resources.NONE;
    for (Application each : below(snapshot, queue)) {
      sum = sum.plus(each.demand().driver());
      for (Ask ask : each.demand().asks()) {
        int stay = ask.reclaim().isPresent() ? ask.granted() : Math.max(ask.granted(), ask.held());
        sum = sum.plus(ask.size().times(stay));
      }
    }
    return sum;
  }

  int running(Snapshot snapshot, String queue) {
    return (int) below(snapshot, queue).stream().filter(Application::admitted).count();
  }

  static Resources sum(List<Application> applications) {
    Resources sum = Resources.NONE;
    for (Application each : applications) {
      if (each.admitted()) {
        sum = sum.plus(each.demand().driver());
        for (Ask ask : each.demand().asks()) {
          int besides = ask.reclaim().isPresent() ? ask.leaving() : 0;
          sum = sum.plus(ask.size().times(Math.max(ask.granted() + besides, ask.held())));
        }
      }
    }
    return sum;
  }

  /** Applications of a queue and of all under it; of root's, strays too. */
  List<Application> below(Snapshot snapshot, String queue) {
    return snapshot.ids().stream()
        .map(id -> snapshot.find(id).orElseThrow())
        .filter(each -> isUnder(each.queue(), queue))
        .toList();
  }

  private boolean isUnder(String name, String queue) {
    String here = name;
    while (!here.equals(queue)) {
      if (here.equals(SparkQueue.ROOT)) {
        return false;
      }
      here =
          specs.containsKey(here)
              ? Objects.requireNonNullElse(specs.get(here).parent(), SparkQueue.ROOT)
              : SparkQueue.ROOT;
    }
    return true;
  }
}
