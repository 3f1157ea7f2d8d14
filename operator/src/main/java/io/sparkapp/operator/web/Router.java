package io.sparkapp.operator.web;

import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.web.Sessions.Session;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Tells by its path who answers a request. */
final class Router {

  private static final String UI = "ui";
  private static final String API = "api";

  private final Sessions sessions;
  private final Api api;
  private final ApiServerGate gate;
  private final Applications applications;
  private final Tickets tickets;
  private final SparkUi sparkUi = new SparkUi();

  Router(
      Sessions sessions, Api api, ApiServerGate gate, Applications applications, Tickets tickets) {
    this.sessions = sessions;
    this.api = api;
    this.gate = gate;
    this.applications = applications;
    this.tickets = tickets;
  }

  /** Always answers: what is wrong with a request is an answer too. */
  Answer answer(Request request) {
    try {
      return route(request.parts(), request);
    } catch (AnswerException e) {
      return failure(request, e);
    }
  }

  private Answer route(List<String> parts, Request request) {
    String first = parts.isEmpty() ? "" : parts.get(0);
    if (request.method().equals("POST") && parts.size() == 1) {
      return switch (first) {
        case "login" -> sessions.login(request);
        case "logout" -> sessions.logout(request);
        default -> throw onlyReading();
      };
    }
    if (first.equals(UI)) {
      return ui(parts, request);
    }
    if (!request.reads()) {
      throw onlyReading();
    }
    if (first.equals("page") && parts.size() == 2) {
      return PageFiles.file(parts.get(1));
    }
    Session session = sessions.of(request);
    return switch (first) {
      case API -> api.answer(parts.subList(1, parts.size()), request, session);
      case "spark" -> enterUi(parts, session);
      case "", "queues", "applications", "login" -> PageFiles.page();
      default -> throw Api.nothingHere();
    };
  }

  private static AnswerException onlyReading() {
    return AnswerException.methodNotAllowed("This page only shows; it changes nothing.");
  }

  /** From {@code /spark/NAMESPACE/NAME} to the driver's own pages. */
  private Answer enterUi(List<String> parts, Session session) {
    if (parts.size() != 3) {
      throw Api.nothingHere();
    }
    ApplicationKey key = new ApplicationKey(parts.get(1), parts.get(2));
    Observed observed = api.allowed(key, session);
    String pod = observed.names().driverPod();
    if (!gate.may(session.visitor(), Right.reachPod(key.namespace(), pod))) {
      throw AnswerException.forbidden(
          "User "
              + session.visitor().name()
              + " may not reach pod "
              + pod
              + ": Spark's own page needs the right to get pods/proxy in namespace "
              + key.namespace()
              + ".");
    }
    target(observed);
    String ticket = tickets.issue(observed.app().getMetadata().getUid());
    return Answer.seeOther(base(ticket, key) + "/jobs/");
  }

  private static URI target(Observed observed) {
    return SparkUi.target(observed)
        .orElseThrow(
            () ->
                AnswerException.notFound(
                    "Spark's own page is there only while a driver runs in a pod of its own with"
                        + " spark.ui.enabled; this application has none now."));
  }

  private static String base(String ticket, ApplicationKey key) {
    return "/" + UI + "/" + ticket + "/" + key.namespace() + "/" + key.name();
  }

  /** No cookie counts here, only the ticket. */
  private Answer ui(List<String> parts, Request request) {
    if (request.method().equals("OPTIONS")) {
      return new Answer.Whole(Answer.NO_CONTENT, SparkUi.sandboxed(), new byte[0]);
    }
    if (!request.reads()) {
      throw onlyReading();
    }
    if (parts.size() < 4) {
      throw Api.nothingHere();
    }
    ApplicationKey key = new ApplicationKey(parts.get(2), parts.get(3));
    Observed observed =
        applications
            .observe(key)
            .filter(it -> tickets.isGood(parts.get(1), it.app().getMetadata().getUid()))
            .orElseThrow(
                () ->
                    AnswerException.forbidden(
                        "This link to Spark's own page has run out. Open it again from the page of"
                            + " the application."));
    String base = base(parts.get(1), key);
    String rest = request.path().substring(Math.min(base.length(), request.path().length()));
    if (!request.path().startsWith(base) || !(rest.isEmpty() || rest.startsWith("/"))) {
      throw Api.nothingHere();
    }
    if (rest.equals("/" + SparkUi.STORAGE)) {
      return sandboxed(PageFiles.file(SparkUi.STORAGE));
    }
    refuseWhatEnds(parts.subList(4, parts.size()));
    String query = request.target().getRawQuery();
    return sparkUi.fetch(
        target(observed), base, (rest.isEmpty() ? "/" : rest) + (query == null ? "" : "?" + query));
  }

  private static Answer sandboxed(Answer file) {
    Answer.Whole whole = (Answer.Whole) file;
    for (Map.Entry<String, String> header : SparkUi.sandboxed().entrySet()) {
      whole = Answer.with(whole, header.getKey(), header.getValue());
    }
    return whole;
  }

  /** Spark ends a job or a stage for whoever gets an address that ends with kill. */
  private static void refuseWhatEnds(List<String> path) {
    if (path.stream().map(part -> part.split(";", 2)[0]).anyMatch("kill"::equalsIgnoreCase)
        || path.contains("..")) {
      throw onlyReading();
    }
  }

  private static Answer failure(Request request, AnswerException e) {
    if (request.path().startsWith("/" + API + "/")) {
      return Api.error(e.status(), e.getMessage());
    }
    return e.status() == AnswerException.UNAUTHENTICATED
        ? PageFiles.login(e.getMessage())
        : Answer.text(e.status(), "text/plain", e.getMessage() + "\n");
  }
}
