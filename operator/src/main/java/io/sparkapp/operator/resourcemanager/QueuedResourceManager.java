package io.sparkapp.operator.resourcemanager;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/**
 * Shares the cluster out by queues. It keeps one snapshot; whoever comes with something new waits
 * until a pass over it was made, which is done by the first who comes for all who came meanwhile.
 * So an application that fits is admitted by the decision that asked for it; others that a pass
 * changed something for are named to {@link News}.
 *
 * <p>What is decided here goes before what was written down, for that may be older; of an
 * application that is not known, what was written down is in force. So a new operator has to tell
 * of all applications ({@link #begin}) before the first of them is answered.
 */
public final class QueuedResourceManager implements ResourceManager, AutoCloseable {

  /** Hears of what changed. Called from any thread, and never while anybody is held up. */
  public interface News {

    /** Something else is in force for these than before. */
    void of(Collection<ApplicationId> applications);

    /** What there is to tell of queues may have changed. */
    void ofQueues();

    /** A pass over all applications was made. */
    default void passMade(Duration took) {}
  }

  private final News news;
  private final Bulletin bulletin;
  private final Deciding deciding;

  /** Held for a moment by who reports or releases, so that the inbox has the order of reports. */
  private final Object arriving = new Object();

  private final Map<ApplicationId, ApplicationDemand> reported = new ConcurrentHashMap<>();

  /** What is no reason for a pass, but is to be known to the next one. */
  private final Map<ApplicationId, ApplicationDemand> asides = new ConcurrentHashMap<>();

  /** Who has not reported since executors were taken back: what was granted may be on its way. */
  private final Set<ApplicationId> unconfirmed = ConcurrentHashMap.newKeySet();

  /**
   * @param timer looks again when time alone changes something; it is not closed with this
   */
  public QueuedResourceManager(Clock clock, ScheduledExecutorService timer, News news) {
    this.news = news;
    this.bulletin = new Bulletin(clock, timer, news);
    this.deciding = new Deciding(clock, timer, new Surroundings());
  }

  /** Whether all applications were told of. */
  public boolean hasBegun() {
    return deciding.hasBegun();
  }

  /** Tells of all applications that are not over. Only then anything is decided. */
  public void begin(Collection<ApplicationDemand> all) {
    deciding.begin(
        () -> {
          synchronized (arriving) {
            all.forEach(demand -> reported.put(demand.id(), demand));
            deciding.arrives(snapshot -> with(snapshot, all), Optional.empty());
          }
        });
  }

  private static Snapshot with(Snapshot snapshot, Collection<ApplicationDemand> all) {
    Snapshot full = snapshot;
    for (ApplicationDemand demand : all) {
      full = full.with(demand);
    }
    return full;
  }

  @Override
  public Allocation allocate(ApplicationDemand demand) {
    if (!deciding.hasBegun()) {
      throw new IllegalStateException("asked before all applications were told of");
    }
    report(demand).ifPresent(deciding::decide);
    Allocation allocation =
        deciding
            .view()
            .allocation(demand.id())
            .orElseThrow(() -> new IllegalStateException(demand.id() + " was just released"));
    bulletin.told(demand.id(), allocation);
    return allocation;
  }

  /** Notes what is reported; what has to be decided if that is something new. */
  private Optional<Deciding.Change> report(ApplicationDemand demand) {
    ApplicationId id = demand.id();
    synchronized (arriving) {
      ApplicationDemand before = reported.put(id, demand);
      boolean confirms = unconfirmed.remove(id);
      boolean known = before != null && deciding.view().snapshot().find(id).isPresent();
      if (!known || confirms || deciding.isUndecided() || !Reports.same(before, demand)) {
        asides.remove(id);
        return Optional.of(deciding.arrives(snapshot -> snapshot.with(demand), Optional.of(id)));
      }
      if (!before.equals(demand)) {
        asides.put(id, demand);
      }
      return Optional.empty();
    }
  }

  @Override
  public void release(ApplicationId application) {
    Optional<Deciding.Change> change = Optional.empty();
    synchronized (arriving) {
      bulletin.forget(application);
      asides.remove(application);
      unconfirmed.remove(application);
      boolean known = reported.remove(application) != null;
      if (known || deciding.view().snapshot().find(application).isPresent()) {
        change =
            Optional.of(
                deciding.arrives(
                    snapshot -> snapshot.without(application), Optional.of(application)));
      }
    }
    change.ifPresent(deciding::decide);
  }

  /** Other queues are in force. */
  public void queuesAre(QueueTree tree) {
    change(snapshot -> snapshot.withTree(tree));
  }

  /** The nodes have so much together; {@link Ceiling#NONE} when that is not known. */
  public void nodesHave(Ceiling capacity) {
    change(snapshot -> snapshot.withNodes(capacity));
  }

  /** The labels of all namespaces. */
  public void namespacesAre(Map<String, Map<String, String>> labels) {
    change(snapshot -> snapshot.withNamespaces(labels));
  }

  /** What there is to tell of each queue, parents before their children. */
  public Map<String, QueueReport> queues() {
    return deciding.view().queues();
  }

  /** Whether a queue of this name is in force. */
  public boolean hasQueue(String name) {
    return deciding.view().snapshot().tree().queue(name).isPresent();
  }

  /** How many applications are charged to a queue itself. */
  public int runningIn(String queue) {
    return deciding.view().runningIn(queue);
  }

  /** All that were told of and are not over. */
  public Set<ApplicationId> applications() {
    return Set.copyOf(reported.keySet());
  }

  private void change(UnaryOperator<Snapshot> what) {
    deciding.decide(deciding.arrives(what, Optional.empty()));
  }

  /** What a pass has of this, and what this has of a pass. */
  private final class Surroundings implements Deciding.Surroundings {

    @Override
    public Snapshot withAsides(Snapshot snapshot) {
      synchronized (arriving) {
        Snapshot full = with(snapshot, asides.values());
        asides.clear();
        return full;
      }
    }

    @Override
    public void passMade(Duration took) {
      news.passMade(took);
    }

    @Override
    public void decided(View view, List<Decision> decisions) {
      bulletin.changed(view);
      decisions.stream()
          .filter(Decision.TakenBack.class::isInstance)
          .map(Decision::application)
          .forEach(unconfirmed::add);
    }

    @Override
    public void changed(Collection<ApplicationId> others) {
      news.of(others);
    }
  }

  @Override
  public void close() {
    deciding.close();
    bulletin.close();
  }
}
