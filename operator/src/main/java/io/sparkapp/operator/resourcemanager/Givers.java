package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.GivenBack;
import io.sparkapp.operator.resourcemanager.Sharing.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The queues that can be taken from for one claim. */
final class Givers {

  private final List<Giver> givers;
  private Set<String> resources = Set.of();
  private Optional<Giver> last = Optional.empty();

  private Givers(List<Giver> givers) {
    this.givers = givers;
  }

  /**
   * @param changed applications of whom something was taken already, as they are now
   */
  static Givers to(
      Claim claim,
      Snapshot snapshot,
      Standings standings,
      Map<ApplicationId, Application> changed) {
    List<Giver> givers = new ArrayList<>();
    for (Queue queue : snapshot.tree().queues()) {
      if (queue.leaf() && queue.spec().preemption().gives() != GivenBack.Nothing) {
        Standing leaf = standings.of(queue);
        sibling(leaf, claim)
            .ifPresent(below -> givers.add(new Giver(leaf, below, snapshot.line(queue), changed)));
      }
    }
    return new Givers(givers);
  }

  /** Who is to give the next executor; empty when nobody can. */
  Optional<Giver.Victim> next(Resources missing) {
    Set<String> names = missing.names();
    if (names.equals(resources)) {
      last.ifPresent(giver -> givers.forEach(each -> each.taken(giver, missing)));
    } else {
      givers.forEach(giver -> giver.look(missing));
      resources = names;
    }
    last = givers.stream().filter(giver -> giver.victim().isPresent()).max(Giver::compare);
    return last.flatMap(Giver::victim);
  }

  /** The queue above the leaf, or itself, that is next to one that is entitled to claim. */
  private static Optional<Standing> sibling(Standing leaf, Claim claim) {
    for (Standing entitled : claim.entitled()) {
      int parent = entitled.queue().parent();
      Standing here = leaf;
      while (!here.queue().isRoot() && here.queue().parent() != parent) {
        here = here.above().orElseThrow();
      }
      if (!here.queue().isRoot() && here.queue().index() != entitled.queue().index()) {
        return Optional.of(here);
      }
    }
    return Optional.empty();
  }
}
