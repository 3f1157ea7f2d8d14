package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.GivenBack;
import io.sparkapp.crds.QueueLine;
import io.sparkapp.crds.QueueOrdering;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.QueueWorld.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What must be true of every pass, counted anew from the applications, without the sums and the
 * shortcuts that the pass itself uses.
 */
final class QueueLaws {

  private final Snapshot before;
  private final Decisions outcome;
  private final Snapshot after;
  private final Turn turn;
  private final Map<String, SparkQueueSpec> specs;
  private final Holdings holdings;
  private final List<String> broken = new ArrayList<>();

  private QueueLaws(Turn turn, Map<String, SparkQueueSpec> specs) {
    this.turn = turn;
    this.before = turn.before();
    this.outcome = turn.outcome();
    this.after = outcome.after();
    this.specs = specs;
    this.holdings = new Holdings(specs, after.capacity());
  }

  /** One sentence for each law that was broken. */
  static List<String> broken(Turn turn, Map<String, SparkQueueSpec> specs) {
    QueueLaws laws = new QueueLaws(turn, specs);
    laws.nothingIsDecidedTwice();
    laws.noMaximumIsExceeded();
    laws.whatIsNotLentStaysFree();
    laws.nothingIsTakenThatWasNotDecided();
    laws.driversAndMinimaStay();
    laws.nobodyIsPassedInLine();
    laws.noRoomIsWasted();
    laws.sharesAreFair();
    return laws.broken;
  }

  private void nothingIsDecidedTwice() {
    Decisions again = Pass.over(after, turn.now());
    if (!again.decisions().isEmpty()) {
      broken.add("a second pass decided " + again.decisions() + " after " + outcome.decisions());
    }
  }

  /** What was too much already, after a maximum was lowered, may at least not grow. */
  private void noMaximumIsExceeded() {
    for (String queue : specs.keySet()) {
      Resources held = holdings.used(after, queue);
      Resources had = holdings.used(before, queue);
      boolean moved = outcome.decisions().stream().anyMatch(each -> each instanceof Decision.Moved);
      exceeded(holdings.limit(queue), held)
          .filter(name -> held.amount(name) > had.amount(name) || moved && !exceeds(queue, had))
          .ifPresent(
              name ->
                  broken.add(
                      "queue %s holds %s of %s, had %s, may hold %s"
                          .formatted(
                              queue,
                              held.amount(name),
                              name,
                              had.amount(name),
                              holdings.limit(queue).of(name))));
      Integer most = specs.get(queue).maxRunningApplications();
      if (most != null
          && holdings.running(after, queue) > Math.max(most, holdings.running(before, queue))) {
        broken.add("queue " + queue + " runs " + holdings.running(after, queue) + " of " + most);
      }
      namespaceLimits(queue);
    }
  }

  /** Others may have grown only as far as what a queue does not lend is still free for it. */
  private void whatIsNotLentStaysFree() {
    for (Queue queue : after.tree().queues()) {
      if (queue.keepsFree().isNone()) {
        continue;
      }
      String parent = Objects.requireNonNullElse(queue.spec().parent(), SparkQueue.ROOT);
      Resources unlent = queue.keepsFree().minus(holdings.used(after, queue.name())).withoutDebts();
      Resources others = holdings.used(after, parent).minus(holdings.used(after, queue.name()));
      Resources before =
          holdings.used(this.before, parent).minus(holdings.used(this.before, queue.name()));
      for (String name : List.of(Resources.CPU, Resources.MEMORY)) {
        boolean grew = others.amount(name) > before.amount(name);
        long all = holdings.used(after, parent).amount(name) + unlent.amount(name);
        if (grew && unlent.amount(name) > 0 && all > holdings.limit(parent).of(name)) {
          broken.add("others borrowed %s that %s does not lend".formatted(name, queue));
        }
      }
    }
  }

  private boolean exceeds(String queue, Resources had) {
    return exceeded(holdings.limit(queue), had).isPresent();
  }

  private void namespaceLimits(String queue) {
    Ceiling most = Ceiling.of(specs.get(queue).perNamespace().max());
    for (String namespace : List.of("ns0", "ns1")) {
      Function<Snapshot, Resources> sum =
          snapshot ->
              Holdings.sum(
                  holdings.below(snapshot, queue).stream()
                      .filter(each -> each.id().namespace().equals(namespace))
                      .toList());
      Resources held = sum.apply(after);
      exceeded(most, held)
          .filter(name -> held.amount(name) > sum.apply(before).amount(name))
          .ifPresent(name -> broken.add(namespace + " holds too much of queue " + queue));
    }
  }

  private void nothingIsTakenThatWasNotDecided() {
    for (ApplicationId id : before.ids()) {
      Application was = before.find(id).orElseThrow();
      Application is = after.find(id).orElseThrow();
      boolean told =
          outcome.decisions().stream().anyMatch(decision -> decision.application().equals(id));
      if (!told && !was.equals(is)) {
        broken.add(id + " changed without a decision: " + was + " became " + is);
      }
    }
  }

  private void driversAndMinimaStay() {
    for (ApplicationId id : before.ids()) {
      Application was = before.find(id).orElseThrow();
      Application is = after.find(id).orElseThrow();
      if (was.admitted() && !is.admitted()) {
        broken.add("the driver of " + id + " was preempted");
      }
      int had = was.demand().asks().get(0).granted();
      int has = is.demand().asks().get(0).granted();
      GivenBack gives = holdings.spec(is.queue()).preemption().gives();
      int floor =
          gives == GivenBack.AllExecutors
              ? 0
              : gives == GivenBack.Nothing
                  ? had
                  : Math.min(is.demand().gang(), is.demand().asks().get(0).wanted());
      if (has < had && has < floor) {
        broken.add("%s was left %d executors of at least %d".formatted(id, has, floor));
      }
      if (has > is.demand().asks().get(0).wanted()) {
        broken.add(id + " was granted more than it asked for");
      }
    }
    outcome.decisions().stream()
        .filter(Decision.TakenBack.class::isInstance)
        .map(decision -> before.find(decision.application()).orElseThrow().queue())
        .distinct()
        .forEach(this::guaranteeIsSpared);
  }

  /**
   * Of a resource that others are guaranteed and miss, a queue that gave still holds what it is
   * guaranteed itself.
   */
  private void guaranteeIsSpared(String queue) {
    if (holdings.below(after, queue).isEmpty() || !specs.containsKey(queue)) {
      return;
    }
    Resources left = holdings.settled(after, queue);
    Resources promised = holdings.promised(queue);
    boolean spared =
        after.patience().claims().keySet().stream()
            .flatMap(claimant -> promisedTo(claimant).stream())
            .anyMatch(name -> left.amount(name) >= promised.amount(name));
    if (!spared) {
      broken.add("queue %s was left %s of %s".formatted(queue, left, promised));
    }
  }

  /** Which resources a queue, or one above it, is guaranteed. */
  private List<String> promisedTo(String queue) {
    List<String> names = new ArrayList<>();
    String here = queue;
    while (!here.equals(SparkQueue.ROOT)) {
      names.addAll(holdings.promised(here).asQuantities().keySet());
      here = Objects.requireNonNullElse(holdings.spec(here).parent(), SparkQueue.ROOT);
    }
    return names;
  }

  /** In a strict line nobody gets anything while somebody before it wants something. */
  private void nobodyIsPassedInLine() {
    for (Queue queue : after.tree().queues()) {
      if (queue.leaf()
          && queue.spec().ordering() == QueueOrdering.Fifo
          && queue.spec().line() == QueueLine.Strict
          && queue.spec().state() == QueueState.Open) {
        boolean held = false;
        for (Application each : inOrder(queue)) {
          if (held && got(each)) {
            broken.add(each.id() + " passed somebody in the strict line of " + queue);
          }
          held |= each.hungry() && !passable(each, queue);
        }
      }
    }
  }

  /** Who is held up by limits of its own, or by what no room would help, holds up nobody. */
  private boolean passable(Application application, Queue queue) {
    Optional<Obstacle> obstacle = obstacle(application, queue);
    return !application.admitted() && turnedAway(application, queue)
        || obstacle.isPresent() && !(obstacle.get() instanceof Obstacle.Full);
  }

  private boolean turnedAway(Application application, Queue queue) {
    return queue.closedTo(application.demand(), java.util.Map.of()).isPresent()
        || Hopeless.reason(Standings.of(after).of(queue), application, after.tree().root())
            .isPresent();
  }

  private Optional<Obstacle> obstacle(Application application, Queue queue) {
    return Standings.of(after)
        .of(queue)
        .obstacle(application, next(application, queue), !application.admitted());
  }

  private static Resources next(Application application, Queue queue) {
    return new Seat(application, 1, new Standing(queue, Optional.empty(), Ceiling.NONE)).next();
  }

  /** Who wants something that fits gets it, unless room is kept for somebody who waited. */
  private void noRoomIsWasted() {
    boolean kept =
        !after.patience().claims().isEmpty()
            || after.patience().blocked().entrySet().stream()
                .anyMatch(
                    each ->
                        !turn.now()
                            .isBefore(
                                each.getValue()
                                    .since()
                                    .plus(
                                        after
                                            .tree()
                                            .queue(each.getKey())
                                            .orElseThrow()
                                            .backfillFor())));
    if (kept) {
      return;
    }
    for (Queue queue : after.tree().queues()) {
      boolean blocked =
          queue.spec().line() == QueueLine.Strict
              && after.line(queue).hungry().stream()
                  .anyMatch(
                      each ->
                          obstacle(each, queue)
                              .filter(Obstacle.Full.class::isInstance)
                              .isPresent());
      if (!queue.leaf() || blocked || queue.spec().state() == QueueState.Stopped) {
        continue;
      }
      for (Application each : after.line(queue).hungry()) {
        boolean open = each.admitted() || !turnedAway(each, queue);
        if (open && obstacle(each, queue).isEmpty()) {
          broken.add(each.id() + " fits in " + queue + " and got nothing");
        }
      }
    }
  }

  /**
   * In a fair queue nobody got its last executor while another one that is still hungry, with
   * executors no larger, held less.
   */
  private void sharesAreFair() {
    for (Queue queue : after.tree().queues()) {
      if (!queue.leaf() || queue.spec().ordering() != QueueOrdering.Fair) {
        continue;
      }
      Ceiling all = Standings.of(after).of(queue).reach();
      for (Application rich : inOrder(queue)) {
        if (!got(rich) || !rich.admitted() || !before.find(rich.id()).orElseThrow().admitted()) {
          continue;
        }
        Resources size = rich.demand().asks().get(0).size();
        double lastStep = Shares.dominant(rich.charge().minus(size), all);
        for (Application poor : after.line(queue).hungry()) {
          boolean comparable =
              poor.admitted()
                  && before.find(poor.id()).orElseThrow().admitted()
                  && poor.demand().priority() >= rich.demand().priority()
                  && poor.demand().asks().get(0).size().fitsIn(size)
                  && obstacle(poor, queue).filter(Obstacle.Full.class::isInstance).isPresent();
          if (comparable && Shares.dominant(poor.charge(), all) < lastStep - 1e-9) {
            broken.add(rich.id() + " got more than its share, " + poor.id() + " less");
          }
        }
      }
    }
  }

  private boolean got(Application application) {
    return outcome.decisions().stream()
        .anyMatch(
            decision ->
                decision.application().equals(application.id())
                    && (decision instanceof Decision.Admitted
                        || decision instanceof Decision.Granted));
  }

  private List<Application> inOrder(Queue queue) {
    return holdings.below(after, queue.name()).stream().sorted(Application.IN_LINE).toList();
  }

  private static Optional<String> exceeded(Ceiling most, Resources held) {
    return most.shortOf(Resources.NONE, Resources.NONE, held);
  }
}
