package io.sparkapp.operator.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.web.Sessions.Session;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the page's questions, as JSON, from what this operator knows already. */
final class Api {

  static final String REVISION = "Sparkapp-Revision";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int USUAL_LINES = 500;
  private static final int MOST_LINES = 20_000;

  private final Applications applications;
  private final ApiServerGate gate;
  private final OwnRights ownRights;
  private final QueueHistory history;
  private final WebSettings settings;
  private final Clock clock;
  private final Revisions revisions;

  Api(
      Applications applications,
      ApiServerGate gate,
      OwnRights ownRights,
      QueueHistory history,
      WebSettings settings,
      Clock clock) {
    this.applications = applications;
    this.gate = gate;
    this.ownRights = ownRights;
    this.history = history;
    this.settings = settings;
    this.clock = clock;
    this.revisions = new Revisions(applications);
  }

  /**
   * @param path after {@code /api}
   */
  Answer answer(List<String> path, Request request, Session session) {
    String what = path.isEmpty() ? "" : path.get(0);
    return switch (what) {
      case "me" -> json(Map.of("name", session.visitor().name()), 0);
      case "queues" -> queues(session);
      case "changes" -> changes(path, session);
      case "applications" ->
          path.size() == 1
              ? list(request, session)
              : one(path.subList(1, path.size()), request, session);
      default -> throw nothingHere();
    };
  }

  static AnswerException nothingHere() {
    return AnswerException.notFound("There is nothing at this address.");
  }

  private Answer list(Request request, Session session) {
    ListQuery query = ListQuery.of(request.query());
    Visibility visible = Visibility.of(session.visitor(), gate, revisions);
    if (visible instanceof Visibility.In in && in.namespaces().isEmpty()) {
      throw AnswerException.forbidden(
          "User "
              + session.visitor().name()
              + " may list SparkApps in no namespace that has any; ask for the right to list"
              + " sparkapps in yours.");
    }
    long revision = revisions.of(visible);
    List<ApplicationRow> rows =
        applications
            .all()
            .filter(app -> visible.test(app.getMetadata().getNamespace()))
            .map(ApplicationRow::of)
            .toList();
    return json(ApplicationList.of(rows, query), revision);
  }

  private Answer queues(Session session) {
    requireQueues(session);
    List<SparkQueue> all = applications.queues();
    return json(QueueList.of(all, history, clock.instant()), revision(all));
  }

  private void requireQueues(Session session) {
    if (!gate.may(session.visitor(), Right.listQueues())) {
      throw AnswerException.forbidden(
          "User "
              + session.visitor().name()
              + " may not list SparkQueues; ask for the right to list sparkqueues.");
    }
  }

  private static long revision(List<SparkQueue> queues) {
    return queues.stream()
        .mapToLong(
            queue ->
                Revisions.mix(
                    queue.getMetadata().getUid(), queue.getMetadata().getResourceVersion()))
        .sum();
  }

  private Answer one(List<String> path, Request request, Session session) {
    ApplicationKey key = key(path);
    Observed observed = allowed(key, session);
    if (path.size() == 2) {
      return json(view(observed), applications.revision(observed));
    }
    Map<String, String> query = request.query();
    return switch (path.get(2)) {
      case "events" ->
          json(ownRights.events(session.token(), key, observed.app().getMetadata().getUid()), 0);
      case "losses" ->
          json(
              PastExecutors.of(
                  observed,
                  ownRights.events(session.token(), key, observed.app().getMetadata().getUid())),
              0);
      case "log" ->
          Answer.text(
              Answer.OK,
              "text/plain",
              ownRights.log(
                  session.token(),
                  key.namespace(),
                  podOf(observed, query.getOrDefault("pod", "")),
                  ListQuery.number(query, "lines", USUAL_LINES, 1, MOST_LINES)));
      default -> throw nothingHere();
    };
  }

  private static ApplicationKey key(List<String> path) {
    if (path.size() < 2 || path.size() > 3) {
      throw nothingHere();
    }
    return new ApplicationKey(path.get(0), path.get(1));
  }

  /** Nobody learns whether there is one that they may not see. */
  Observed allowed(ApplicationKey key, Session session) {
    if (!gate.may(session.visitor(), Right.getApplication(key))) {
      throw AnswerException.forbidden(
          "User "
              + session.visitor().name()
              + " may not get SparkApps in namespace "
              + key.namespace()
              + ".");
    }
    return applications
        .observe(key)
        .orElseThrow(
            () ->
                AnswerException.notFound(
                    "There is no application "
                        + key.name()
                        + " in namespace "
                        + key.namespace()
                        + "."));
  }

  /** Only pods of the application: the page is about nothing else. */
  private String podOf(Observed observed, String pod) {
    String prefix = observed.app().getMetadata().getName() + "-";
    boolean ours =
        pod.startsWith(prefix)
            && pod.substring(prefix.length()).matches("[0-9]{1,6}-(driver|exec-[0-9]{1,9})");
    if (!ours) {
      throw AnswerException.badRequest(
          "pod can not be " + pod + "; it is the driver or an executor of this application.");
    }
    return pod;
  }

  private ApplicationView view(Observed observed) {
    String queue =
        observed.status().queue() == null
            ? observed.app().getSpec().queue()
            : observed.status().queue();
    Optional<SparkQueue> found =
        applications.queues().stream()
            .filter(each -> each.getMetadata().getName().equals(queue))
            .findFirst();
    List<ExecutorReport> executors =
        applications.executors(observed).stream()
            .sorted(Comparator.comparing(ExecutorReport::attempt).thenComparing(ExecutorReport::id))
            .toList();
    return ApplicationView.of(
        observed,
        executors,
        applications.since(),
        found,
        settings.historyServer().map(Object::toString));
  }

  private Answer changes(List<String> path, Session session) {
    String of = path.size() < 2 ? "" : path.get(1);
    return switch (of) {
      case "applications" -> {
        if (path.size() == 2) {
          Visibility visible = Visibility.of(session.visitor(), gate, revisions);
          yield new Answer.Live(() -> revisions.of(visible));
        }
        ApplicationKey key = key(path.subList(2, path.size()));
        allowed(key, session);
        yield new Answer.Live(
            () -> applications.observe(key).map(applications::revision).orElse(0L));
      }
      case "queues" -> {
        requireQueues(session);
        yield new Answer.Live(() -> revision(applications.queues()));
      }
      default -> throw nothingHere();
    };
  }

  static Answer json(Object value, long revision) {
    try {
      return Answer.with(
          Answer.text(Answer.OK, "application/json", JSON.writeValueAsString(value)),
          REVISION,
          Long.toHexString(revision));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what the page shows can always be written as JSON", e);
    }
  }

  static Answer error(int status, String sentence) {
    try {
      return Answer.text(
          status, "application/json", JSON.writeValueAsString(Map.of("error", sentence)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sentence can always be written as JSON", e);
    }
  }
}
