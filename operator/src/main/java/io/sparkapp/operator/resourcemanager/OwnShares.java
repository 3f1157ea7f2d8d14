package io.sparkapp.operator.resourcemanager;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the applications of each namespace, and of each user, hold of one queue and all under it. It
 * is counted only where the queue has limits for them.
 */
final class OwnShares {

  private final Queue queue;
  private final boolean limits;
  private final Map<String, Tally> namespaces = new HashMap<>();
  private final Map<String, Tally> users = new HashMap<>();

  /** What one of them holds. */
  private record Tally(Resources used, int running) {
    static final Tally NONE = new Tally(Resources.NONE, 0);

    Tally plus(Tally more) {
      return new Tally(used.plus(more.used), running + more.running);
    }
  }

  OwnShares(Queue queue) {
    this.queue = queue;
    this.limits = queue.limitsNamespaces() || queue.limitsUsers();
  }

  void count(Line line) {
    if (limits) {
      for (Application each : line.applications()) {
        count(each, each.charge(), each.admitted() ? 1 : 0);
      }
    }
  }

  /**
   * @param more what the application gets, or with less than nothing gives back
   * @param applications how many more run
   */
  void count(Application application, Resources more, int applications) {
    if (!limits) {
      return;
    }
    Tally tally = new Tally(more, applications);
    if (queue.limitsNamespaces()) {
      namespaces.merge(application.id().namespace(), tally, Tally::plus);
    }
    if (queue.limitsUsers()) {
      users.merge(user(application), tally, Tally::plus);
    }
  }

  /** What keeps an application from {@code more} because of what others of its own have. */
  Optional<Obstacle> obstacle(Application application, Resources more, boolean starts) {
    if (!limits) {
      return Optional.empty();
    }
    Optional<Obstacle> found = Optional.empty();
    if (queue.limitsNamespaces()) {
      String namespace = application.id().namespace();
      found =
          obstacle(
              "namespace " + namespace,
              namespaces.getOrDefault(namespace, Tally.NONE),
              queue.ofNamespace(),
              queue.spec().perNamespace().maxRunningApplications(),
              more,
              starts);
    }
    if (found.isEmpty() && queue.limitsUsers()) {
      found =
          obstacle(
              user(application),
              users.getOrDefault(user(application), Tally.NONE),
              queue.ofUser(),
              queue.spec().perUser().maxRunningApplications(),
              more,
              starts);
    }
    return found;
  }

  /** Who names nobody counts as one user with all others who do not. */
  private static String user(Application application) {
    return application.demand().user().map(user -> "user " + user).orElse("users without a name");
  }

  private Optional<Obstacle> obstacle(
      String whose,
      Tally tally,
      Ceiling most,
      Integer mostRunning,
      Resources more,
      boolean starts) {
    if (starts && mostRunning != null && tally.running() >= mostRunning) {
      return Optional.of(new Obstacle.OwnCrowd(whose, queue, mostRunning));
    }
    return most.admits(tally.used(), Resources.NONE, more)
        ? Optional.empty()
        : Optional.of(new Obstacle.OwnShare(whose, queue, most, tally.used(), more));
  }
}
