package io.sparkapp.operator.resourcemanager;

import java.util.Map;
import java.util.Optional;

/**
 * Charges a running application to another queue. As with YARN's {@code -changeQueue} the limits of
 * the other queue are looked at again: until there is room for all that it holds it stays where it
 * is.
 */
final class Move {

  private Move() {}

  /** Why it stays where it is, as a part of a sentence. */
  static Optional<String> obstacle(
      Snapshot snapshot, Standings standings, Application application) {
    String name = application.demand().queue();
    Optional<Queue> target = snapshot.tree().queue(name);
    if (target.isEmpty()) {
      return Optional.of("queue " + name + " does not exist");
    }
    Map<String, String> labels = snapshot.labelsOf(application.id().namespace());
    Optional<String> closed = target.get().closedTo(application.demand(), labels);
    if (closed.isPresent()) {
      return closed.map(Wording::asPart);
    }
    Resources charge = application.charge();
    Standing from = from(snapshot, standings, application);
    from.charge(application, Resources.NONE.minus(charge), -1);
    Optional<Obstacle> obstacle = standings.of(target.get()).obstacle(application, charge, true);
    from.charge(application, charge, 1);
    return obstacle.map(Obstacle::sentence);
  }

  /** Carries the charge over. */
  static void charge(Snapshot snapshot, Standings standings, Application application) {
    Resources charge = application.charge();
    from(snapshot, standings, application).charge(application, Resources.NONE.minus(charge), -1);
    standings
        .of(snapshot.tree().queue(application.demand().queue()).orElseThrow())
        .charge(application, charge, 1);
  }

  private static Standing from(Snapshot snapshot, Standings standings, Application application) {
    return snapshot.tree().queue(application.queue()).map(standings::of).orElseGet(standings::root);
  }
}
