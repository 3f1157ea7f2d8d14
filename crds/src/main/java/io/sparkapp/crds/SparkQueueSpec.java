package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * What a queue is promised, what it may have at most, and whom it serves. Resources are written as
 * a pod's requests: {@code cpu}, {@code memory}, {@code nvidia.com/gpu}.
 *
 * @param parent the queue that it is under; null for root
 * @param guaranteed what it gets whenever it wants it; what it does not use others may borrow
 * @param max what it and all under it may hold at most; what is not named has no limit. That of
 *     root is the capacity of the cluster; when left out there, it is read from the nodes
 * @param borrowing at most this beyond its guarantee (Kueue's borrowingLimit)
 * @param lending at most this of its guarantee may others borrow (Kueue's lendingLimit); the rest
 *     is kept free for it
 * @param weight its share, against its siblings', of what is not guaranteed
 * @param priority siblings with a higher one are served first
 * @param ordering who of its applications comes first
 * @param line what becomes of those behind a first one that does not fit
 * @param backfillFor for how long those behind may pass it
 * @param admission when an application is admitted
 * @param maxRunningApplications how many may run at once; null for any number
 * @param maxDriverShare how much of the queue drivers may hold, in percent (YARN's {@code
 *     maximum-am-resource-percent}); null for all of it
 * @param perNamespace what applications of one namespace may have together
 * @param perUser what applications of one user ({@code spec.user}) may have together
 * @param namespaceSelector which namespaces may use it, by their labels; null for all
 * @param users who may use it; empty for everybody
 * @param turnedAway what becomes of an application that it does not take in
 * @param preemption how it gets its guarantee back, and how others get theirs from it
 * @param state whether it takes applications in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What the queue is promised, what it may hold, and who waits for whom in it.")
public record SparkQueueSpec(
    @Size(min = 1, max = 253)
        @JsonPropertyDescription("The queue that this one is under. Left out: root.")
        String parent,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = QueueResources.MOST)
        @ValidationRule(value = QueueResources.NAMES, message = QueueResources.NAMES_MESSAGE)
        @ValidationRule(value = QueueResources.AMOUNTS, message = QueueResources.AMOUNTS_MESSAGE)
        @JsonPropertyDescription(
            "What the queue gets whenever it wants it, as {cpu: 16, memory: 64Gi}; what it does not use others may borrow.")
        Map<String, String> guaranteed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = QueueResources.MOST)
        @ValidationRule(value = QueueResources.NAMES, message = QueueResources.NAMES_MESSAGE)
        @ValidationRule(value = QueueResources.AMOUNTS, message = QueueResources.AMOUNTS_MESSAGE)
        @JsonPropertyDescription(
            "What it and all queues under it may hold at most. That of the queue root is the capacity of the cluster; left out there, it is read from the nodes.")
        Map<String, String> max,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = QueueResources.MOST)
        @ValidationRule(value = QueueResources.NAMES, message = QueueResources.NAMES_MESSAGE)
        @ValidationRule(value = QueueResources.AMOUNTS, message = QueueResources.AMOUNTS_MESSAGE)
        @JsonPropertyDescription("At most this may it hold beyond its guarantee.")
        Map<String, String> borrowing,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = QueueResources.MOST)
        @ValidationRule(value = QueueResources.NAMES, message = QueueResources.NAMES_MESSAGE)
        @ValidationRule(value = QueueResources.AMOUNTS, message = QueueResources.AMOUNTS_MESSAGE)
        @JsonPropertyDescription(
            "At most this of its guarantee may others borrow; the rest is kept free for it.")
        Map<String, String> lending,
    @Default("1")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription(
            "Its share, against that of its siblings, of what is not guaranteed.")
        Integer weight,
    @Default("0")
        @Min(-1000000)
        @Max(1000000)
        @JsonPropertyDescription("Siblings with a higher one are served first.")
        Integer priority,
    @Default("Fifo")
        @JsonPropertyDescription(
            "Who comes first among applications of one priority: Fifo, by time of submission, or Fair, whoever holds the smallest share.")
        QueueOrdering ordering,
    @Default("Backfill")
        @JsonPropertyDescription(
            "What becomes of those behind a first one that does not fit: Backfill, they may pass it for backfillFor, or Strict, they may not.")
        QueueLine line,
    @Default("5m")
        @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "For how long others may pass the first in line, as 5m; then room is kept for it.")
        String backfillFor,
    @Default("Gang")
        @JsonPropertyDescription(
            "When an application is admitted: Gang, when its driver and its minimum of executors fit together, or Driver, as soon as its driver fits.")
        QueueAdmission admission,
    @Min(0)
        @Max(1000000)
        @JsonPropertyDescription("How many applications may run at once. Left out: any number.")
        Integer maxRunningApplications,
    @Min(1)
        @Max(100)
        @JsonPropertyDescription(
            "How much of the queue its drivers may hold together, in percent; one may always run. Left out: all of it.")
        Integer maxDriverShare,
    @Default("{}") @JsonPropertyDescription("What applications of one namespace may have together.")
        QueueLimits perNamespace,
    @Default("{}")
        @JsonPropertyDescription("What applications of one user (spec.user) may have together.")
        QueueLimits perUser,
    @JsonPropertyDescription(
            "Which namespaces may use it, by their labels, as {matchLabels: {team: data}}. Left out: all.")
        LabelSelector namespaceSelector,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 1000)
        @JsonPropertyDescription("Which users may use it (spec.user). Left out: everybody.")
        List<@Size(min = 1, max = 253) String> users,
    @Default("Wait")
        @JsonPropertyDescription(
            "What becomes of an application that the queue does not take in: Wait or Refuse.")
        TurnedAway turnedAway,
    @Default("{}")
        @JsonPropertyDescription(
            "How it gets its guarantee back, and how others get theirs from it.")
        QueuePreemption preemption,
    @Default("Open")
        @JsonPropertyDescription(
            "Open; Draining: it admits nothing new, what runs goes on; Stopped: what runs gets no further executors either.")
        QueueState state) {

  /** What a queue that says nothing gets: a part of root without guarantee and without limits. */
  public static final SparkQueueSpec DEFAULT = under(null);

  public SparkQueueSpec {
    guaranteed = guaranteed == null ? Map.of() : Map.copyOf(guaranteed);
    max = max == null ? Map.of() : Map.copyOf(max);
    borrowing = borrowing == null ? Map.of() : Map.copyOf(borrowing);
    lending = lending == null ? Map.of() : Map.copyOf(lending);
    weight = weight == null ? 1 : weight;
    priority = priority == null ? 0 : priority;
    ordering = ordering == null ? QueueOrdering.Fifo : ordering;
    line = line == null ? QueueLine.Backfill : line;
    backfillFor = backfillFor == null ? "5m" : backfillFor;
    admission = admission == null ? QueueAdmission.Gang : admission;
    perNamespace = perNamespace == null ? QueueLimits.NONE : perNamespace;
    perUser = perUser == null ? QueueLimits.NONE : perUser;
    users = users == null ? List.of() : List.copyOf(users);
    turnedAway = turnedAway == null ? TurnedAway.Wait : turnedAway;
    preemption = preemption == null ? QueuePreemption.DEFAULT : preemption;
    state = state == null ? QueueState.Open : state;
  }

  /** A queue that says nothing but what it is under. */
  public static SparkQueueSpec under(String parent) {
    return new SparkQueueSpec(
        parent, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null);
  }

  /** The same in another state. */
  public SparkQueueSpec withState(QueueState other) {
    return new SparkQueueSpec(
        parent,
        guaranteed,
        max,
        borrowing,
        lending,
        weight,
        priority,
        ordering,
        line,
        backfillFor,
        admission,
        maxRunningApplications,
        maxDriverShare,
        perNamespace,
        perUser,
        namespaceSelector,
        users,
        turnedAway,
        preemption,
        other);
  }
}
