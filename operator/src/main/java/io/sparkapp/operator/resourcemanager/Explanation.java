package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.ExecutorRequestStatus.Reclaim;
import io.sparkapp.crds.QueueState;
import io.sparkapp.crds.TurnedAway;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.Snapshot.Blocked;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of a snapshot after a pass what is in force in it, and why. */
public final class Explanation {

  private final Snapshot snapshot;
  private final Standings standings;

  private Explanation(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.standings = Standings.of(snapshot);
  }

  /** Of a snapshot that a pass has left. */
  public static Explanation of(Snapshot after) {
    return new Explanation(after);
  }

  /** What is in force for an application; empty for one that the snapshot does not have. */
  public Optional<Allocation> allocation(ApplicationId id) {
    return snapshot.find(id).map(each -> each.admitted() ? running(each) : waiting(each));
  }

  private Allocation waiting(Application application) {
    Optional<Queue> queue = snapshot.tree().queue(application.queue());
    if (queue.isEmpty()) {
      return turnedAway(
          application,
          snapshot.tree().root().spec().turnedAway(),
          snapshot.tree().missing(application.queue()));
    }
    Optional<String> closed =
        queue.get().closedTo(application.demand(), snapshot.labelsOf(application.id().namespace()));
    if (closed.isPresent()) {
      return turnedAway(application, queue.get().spec().turnedAway(), closed.get());
    }
    Standing standing = standings.of(queue.get());
    Optional<String> hopeless = Hopeless.reason(standing, application, snapshot.tree().root());
    return hopeless
        .map(reason -> notAdmitted(application, new Admission.Refused(reason), Optional.empty()))
        .orElseGet(() -> inLine(application, standing));
  }

  private static Allocation turnedAway(Application application, TurnedAway how, String reason) {
    return switch (how) {
      case Wait -> notAdmitted(application, new Admission.Waiting(reason), Optional.empty());
      case Refuse -> notAdmitted(application, new Admission.Refused(reason), Optional.empty());
    };
  }

  private Allocation inLine(Application application, Standing standing) {
    int place = snapshot.line(standing.queue()).place(application);
    Resources needs = application.toStart(standing.queue().spec().admission());
    if (snapshot.isBeyondNodes(needs)) {
      String sentence =
          "%s in line of %s: %s %s"
              .formatted(
                  Wording.place(place),
                  standing.queue(),
                  Wording.gang(application, standing.queue().spec().admission()),
                  Wording.beyondNodes(needs, snapshot.capacity()));
      return notAdmitted(application, new Admission.Waiting(sentence), Optional.of(place));
    }
    Obstacle obstacle =
        standing
            .obstacle(application, needs, true)
            .orElseGet(() -> new Obstacle.Behind(first(application, standing)));
    String sentence =
        "%s in line of %s: %s needs %s, and %s."
            .formatted(
                Wording.place(place),
                standing.queue(),
                Wording.gang(application, standing.queue().spec().admission()),
                Amounts.sentence(needs),
                obstacle.sentence());
    return notAdmitted(application, new Admission.Waiting(sentence), Optional.of(place));
  }

  /** It would fit, if room were not kept for somebody else. */
  private ApplicationId first(Application application, Standing standing) {
    Map<String, Blocked> blocked = snapshot.patience().blocked();
    return Optional.ofNullable(blocked.get(standing.queue().name()))
        .map(Blocked::application)
        .filter(first -> !first.equals(application.id()))
        .or(
            () ->
                blocked.values().stream()
                    .map(Blocked::application)
                    .filter(each -> !each.equals(application.id()))
                    .sorted()
                    .findFirst())
        .orElse(application.id());
  }

  private static Allocation notAdmitted(
      Application application, Admission admission, Optional<Integer> place) {
    return new Allocation(admission, application.queue(), place, List.of(), List.of(), "");
  }

  private Allocation running(Application application) {
    List<Ask> asks = application.demand().asks();
    return new Allocation(
        new Admission.Admitted(
            "Queue %s has admitted the application.".formatted(application.queue())),
        application.queue(),
        Optional.empty(),
        asks.stream().map(ask -> new Grant(ask.profile(), ask.granted())).toList(),
        asks.stream()
            .filter(ask -> ask.reclaim().isPresent())
            .map(ask -> reclaim(ask.profile(), ask.reclaim().get()))
            .toList(),
        message(application));
  }

  private static Reclaim reclaim(int profile, ApplicationDemand.Reclaim going) {
    return new Reclaim(
        profile, going.total(), going.before().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private String message(Application application) {
    if (application.wantsToMove()) {
      return Move.obstacle(snapshot, standings, application)
          .map(reason -> "Stays in queue %s for now: %s.".formatted(application.queue(), reason))
          .orElse("");
    }
    int leaving = application.demand().asks().stream().mapToInt(Ask::going).sum();
    if (leaving > 0) {
      return "Queue %s takes %s back: another queue claims what it is guaranteed."
          .formatted(application.queue(), Wording.executors(leaving));
    }
    return application.demand().asks().stream()
        .filter(Application::hungry)
        .findFirst()
        .map(ask -> missing(application, ask))
        .orElse("");
  }

  private String missing(Application application, Ask ask) {
    Optional<Queue> queue = snapshot.tree().queue(application.queue());
    String more =
        "Gets no more than %s of the %d that it wants: "
            .formatted(Wording.executors(ask.granted()), ask.wanted());
    if (queue.isEmpty()) {
      return more + "queue %s does not exist any more.".formatted(application.queue());
    }
    if (queue.get().spec().state() == QueueState.Stopped) {
      return more + "%s is stopped.".formatted(queue.get());
    }
    if (snapshot.isBeyondNodes(ask.size())) {
      return more + "one " + Wording.beyondNodes(ask.size(), snapshot.capacity());
    }
    Standing standing = standings.of(queue.get());
    Obstacle obstacle =
        standing
            .obstacle(application, ask.size(), false)
            .orElseGet(() -> new Obstacle.Behind(first(application, standing)));
    return more + obstacle.sentence() + ".";
  }

  /** What there is to tell of each queue, parents before their children. */
  public Map<String, QueueReport> queues() {
    List<Queue> queues = snapshot.tree().queues();
    Resources[] pending = new Resources[queues.size()];
    int[] waiting = new int[queues.size()];
    for (int at = queues.size() - 1; at >= 0; at--) {
      Queue queue = queues.get(at);
      Line line = snapshot.line(queue);
      pending[at] = line.pending();
      waiting[at] = line.waiting().size();
      for (Queue child : snapshot.tree().children(queue)) {
        pending[at] = pending[at].plus(pending[child.index()]);
        waiting[at] += waiting[child.index()];
      }
    }
    Map<String, QueueReport> reports = new LinkedHashMap<>();
    for (Queue queue : queues) {
      Standing standing = standings.of(queue);
      reports.put(
          queue.name(),
          new QueueReport(
              queue.name(),
              queue.guaranteed(),
              standing.reach(),
              standing.used(),
              pending[queue.index()],
              percent(standing),
              standing.running(),
              waiting[queue.index()],
              queue.leaf()));
    }
    return reports;
  }

  private int percent(Standing standing) {
    return (int) Math.round(Shares.ofLimited(standing.used(), standings.root().limit()) * 100);
  }
}
