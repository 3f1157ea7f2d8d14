package io.sparkapp.operator.resourcemanager;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.sparkapp.crds.QueueLimits;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.crds.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One queue of a tree, its amounts read.
 *
 * @param name unique in the cluster
 * @param spec what its user wrote
 * @param index its number in the tree; a parent's is lower than those of its children
 * @param parent that of the queue above; -1 for root
 * @param leaf whether applications go there
 * @param guaranteed what it is promised
 * @param limit the most that it may hold by its own spec
 * @param keepsFree what it does not lend to others
 * @param ofNamespace the limits of each namespace
 * @param ofUser the limits of each user
 * @param backfillFor how long others may pass the first in line
 * @param delay how long it misses its guarantee before executors are taken back
 * @param gracePeriod how long executors that are taken back may take to leave
 */
record Queue(
    String name,
    SparkQueueSpec spec,
    int index,
    int parent,
    boolean leaf,
    Resources guaranteed,
    Ceiling limit,
    Resources keepsFree,
    Ceiling ofNamespace,
    Ceiling ofUser,
    Duration backfillFor,
    Duration delay,
    Duration gracePeriod) {

  /**
   * @param ofChildren what all queues under it are guaranteed together: so much it is guaranteed
   *     itself when its own spec does not say
   */
  static Queue of(
      String name, SparkQueueSpec spec, int index, int parent, boolean leaf, Resources ofChildren) {
    Resources guaranteed = spec.guaranteed().isEmpty() ? ofChildren : amounts(spec.guaranteed());
    return new Queue(
        name,
        spec,
        index,
        parent,
        leaf,
        guaranteed,
        limit(spec, guaranteed),
        keepsFree(spec, guaranteed),
        Ceiling.of(spec.perNamespace().max()),
        Ceiling.of(spec.perUser().max()),
        TimeSpan.parse(spec.backfillFor()).duration(),
        TimeSpan.parse(spec.preemption().delay()).duration(),
        TimeSpan.parse(spec.preemption().gracePeriod()).duration());
  }

  static Resources amounts(Map<String, String> written) {
    Ceiling named = Ceiling.of(written);
    return new Resources(
        named.cpu() == Ceiling.ANY ? 0 : named.cpu(),
        named.memory() == Ceiling.ANY ? 0 : named.memory(),
        named.others());
  }

  private static Ceiling limit(SparkQueueSpec spec, Resources guaranteed) {
    Ceiling max = Ceiling.of(spec.max());
    return spec.borrowing().isEmpty()
        ? max
        : max.and(Ceiling.of(spec.borrowing()).raisedBy(guaranteed));
  }

  private static Resources keepsFree(SparkQueueSpec spec, Resources guaranteed) {
    if (spec.lending().isEmpty()) {
      return Resources.NONE;
    }
    Ceiling lending = Ceiling.of(spec.lending());
    Resources kept = guaranteed;
    for (String name : guaranteed.names()) {
      long lent = Math.min(lending.of(name), guaranteed.amount(name));
      kept = kept.minus(Resources.NONE.with(name, lent));
    }
    return kept;
  }

  boolean isRoot() {
    return parent < 0;
  }

  boolean hasGuarantee() {
    return !guaranteed.isNone();
  }

  /** Whether it knows namespaces' limits. */
  boolean limitsNamespaces() {
    return limits(spec.perNamespace());
  }

  boolean limitsUsers() {
    return limits(spec.perUser());
  }

  private static boolean limits(QueueLimits limits) {
    return !limits.max().isEmpty() || limits.maxRunningApplications() != null;
  }

  /** Why it takes an application of this namespace and user in no more, or not at all. */
  Optional<String> closedTo(ApplicationDemand demand, Map<String, String> namespaceLabels) {
    if (!leaf) {
      return Optional.of(
          "Queue %s has queues under it: name one of those in spec.queue.".formatted(name));
    }
    if (spec.state() != QueueState.Open) {
      return Optional.of(
          "Queue %s is %s: it admits no applications until its state is Open."
              .formatted(name, spec.state() == QueueState.Draining ? "draining" : "stopped"));
    }
    if (!selects(spec.namespaceSelector(), namespaceLabels)) {
      return Optional.of(
          "Queue %s is not for namespace %s: its namespaceSelector does not match the namespace's labels."
              .formatted(name, demand.id().namespace()));
    }
    if (!spec.users().isEmpty() && demand.user().filter(spec.users()::contains).isEmpty()) {
      return Optional.of(
          demand
              .user()
              .map(user -> "Queue %s is not for user %s.".formatted(name, user))
              .orElse(
                  "Queue %s is for certain users only: name yourself in spec.user."
                      .formatted(name)));
    }
    return Optional.empty();
  }

  private static boolean selects(LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return true;
    }
    boolean labelled =
        selector.getMatchLabels() == null
            || selector.getMatchLabels().entrySet().stream()
                .allMatch(each -> each.getValue().equals(labels.get(each.getKey())));
    return labelled
        && (selector.getMatchExpressions() == null
            || selector.getMatchExpressions().stream()
                .allMatch(
                    each ->
                        expressed(
                            each.getOperator(),
                            each.getValues(),
                            Optional.ofNullable(labels.get(each.getKey())))));
  }

  private static boolean expressed(String operator, List<String> values, Optional<String> label) {
    return switch (operator) {
      case "In" -> label.filter(values::contains).isPresent();
      case "NotIn" -> label.filter(values::contains).isEmpty();
      case "Exists" -> label.isPresent();
      case "DoesNotExist" -> label.isEmpty();
      default -> false;
    };
  }

  @Override
  public String toString() {
    return isRoot() ? "the cluster" : "queue " + name;
  }
}
