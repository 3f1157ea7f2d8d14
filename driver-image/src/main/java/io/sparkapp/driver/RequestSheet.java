package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the driver has to say to the operator, always whole: a patch made from it may be sent
 * again, or instead of one that got lost.
 */
final class RequestSheet {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;
  private final TreeMap<Integer, Ask> asks = new TreeMap<>();
  private final Set<String> release = new TreeSet<>();
  private final Set<String> leaving = new TreeSet<>();
  private final Set<String> disconnected = new TreeSet<>();
  private Set<String> excludedNodes = Set.of();
  private Map<String, Integer> preferredNodes = Map.of();

  /** A merge patch takes a key out of a map only by a null. */
  private final Set<String> everPreferred = new TreeSet<>();

  /** Nobody else asks who is leaving; to write it down all the time would cost many writes. */
  private boolean queueTakesBack;

  private long seenEnded;
  private JsonNode progress;
  private JsonNode end;
  private String stopping;

  RequestSheet() {
    this(InstantSource.system());
  }

  RequestSheet(InstantSource clock) {
    this.clock = clock;
  }

  /** The last totals win; a profile that is not named any more is wanted no more. */
  synchronized void ask(Collection<Ask> wanted) {
    if (stopping != null) {
      return;
    }
    asks.replaceAll((profile, ask) -> ask.withTotal(0));
    wanted.forEach(ask -> asks.put(ask.profile(), ask));
  }

  /**
   * The application stops: whatever Spark may still ask for, it wants no executor any more, and
   * whatever the operator may answer nobody will read.
   */
  synchronized void askForNothing() {
    if (stopping == null) {
      stopping = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
    asks.replaceAll((profile, ask) -> ask.withTotal(0));
  }

  synchronized void exclude(Collection<String> nodes) {
    excludedNodes = new TreeSet<>(nodes);
  }

  /**
   * @param tasks that would be local, by node
   */
  synchronized void prefer(Map<String, Integer> tasks) {
    preferredNodes = Map.copyOf(tasks);
    everPreferred.addAll(tasks.keySet());
  }

  synchronized void release(Collection<String> executors) {
    release.addAll(executors);
  }

  synchronized boolean isReleased(String executor) {
    return release.contains(executor);
  }

  /**
   * These are being decommissioned.
   *
   * @return whether the operator wants to know
   */
  synchronized boolean leave(Collection<String> executors) {
    return leaving.addAll(executors) && queueTakesBack;
  }

  /** It is gone; nobody has to hurry to write that. */
  synchronized void left(String executor) {
    leaving.remove(executor);
  }

  /**
   * The queue takes executors back, or does so no more.
   *
   * @return whether the operator wants to know what it was not told before
   */
  synchronized boolean queueTakesBack(boolean now) {
    boolean begins = now && !queueTakesBack;
    queueTakesBack = now;
    return begins && !leaving.isEmpty();
  }

  synchronized void askWhyDisconnected(String executor) {
    disconnected.add(executor);
  }

  /** The operator told of ends up to {@code sequence}; {@code executors} are among them. */
  synchronized void seen(long sequence, Collection<String> executors) {
    seenEnded = Math.max(seenEnded, sequence);
    release.removeAll(executors);
    leaving.removeAll(executors);
    disconnected.removeAll(executors);
  }

  synchronized long seenEnded() {
    return seenEnded;
  }

  synchronized void progress(JsonNode now) {
    progress = now;
  }

  /** How a driver that has no pod ends. */
  synchronized void end(int exitCode, String message) {
    end = JSON.createObjectNode().put("exitCode", exitCode).put("message", message);
  }

  /** A merge patch (RFC 7386); lists in it replace the former lists. */
  synchronized ObjectNode patch() {
    ObjectNode spec = JSON.createObjectNode();
    if (!asks.isEmpty()) {
      // An empty list would take back what the operator asked for on the driver's behalf.
      spec.set("asks", JSON.valueToTree(List.copyOf(asks.values())));
    }
    spec.set("release", JSON.valueToTree(release));
    spec.set("leaving", JSON.valueToTree(queueTakesBack ? leaving : Set.of()));
    spec.set("disconnected", JSON.valueToTree(disconnected));
    spec.set("excludedNodes", JSON.valueToTree(excludedNodes));
    if (!everPreferred.isEmpty()) {
      ObjectNode preferred = spec.putObject("preferredNodes");
      everPreferred.forEach(node -> preferred.put(node, preferredNodes.get(node)));
    }
    spec.put("seenEnded", seenEnded);
    // A JVM may stop one SparkContext and begin another: what the first one told is no more then.
    spec.put("stopping", stopping);
    spec.set("progress", progress);
    if (end != null) {
      spec.set("driverEnd", end);
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.set("spec", spec);
    return patch;
  }
}
