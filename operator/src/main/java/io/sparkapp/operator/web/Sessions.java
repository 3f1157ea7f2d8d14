package io.sparkapp.operator.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks, by the token that came with the request: in an Authorization header, as from a program
 * or a proxy that logs people in, or in the cookie that the login form sets. The cookie is the
 * token itself, out of reach of scripts: so it means the same to every replica, and no list of
 * sessions has to be kept.
 */
final class Sessions {

  static final String COOKIE = "sparkapp-token";

  private static final String BEARER = "Bearer ";
  private static final String TOKEN = "[A-Za-z0-9._~+/=-]{1,3800}";
  private static final String LOCAL_PATH = "/(?![/\\\\])[A-Za-z0-9/?=&._%~+-]{0,500}|/";

  private final ApiServerGate gate;

  Sessions(ApiServerGate gate) {
    this.gate = gate;
  }

  /** A token that the API server knows, and whose it is. */
  record Session(String token, Visitor visitor) {}

  /**
   * @throws AnswerException when there is no token, or none that the API server knows
   */
  Session of(Request request) {
    String token =
        token(request)
            .orElseThrow(() -> AnswerException.unauthenticated("Log in with a token to see this."));
    return new Session(token, visitor(token));
  }

  private Visitor visitor(String token) {
    if (!token.matches(TOKEN)) {
      throw AnswerException.unauthenticated(
          "This is no token that the page can keep: it has characters that no token has, or is"
              + " longer than 3800 of them.");
    }
    return gate.visitor(token)
        .orElseThrow(
            () ->
                AnswerException.unauthenticated(
                    "The API server does not know this token; it may have run out."));
  }

  private static Optional<String> token(Request request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .or(() -> request.header("Cookie").flatMap(Sessions::inCookie));
  }

  private static Optional<String> inCookie(String cookies) {
    return Arrays.stream(cookies.split(";"))
        .map(String::strip)
        .filter(each -> each.startsWith(COOKIE + "="))
        .map(each -> each.substring(COOKIE.length() + 1))
        .filter(each -> !each.isEmpty())
        .findFirst();
  }

  /** Takes the token of the login form. */
  Answer login(Request request) {
    refuseFromElsewhere(request);
    Map<String, String> form = request.form();
    String token = form.getOrDefault("token", "").strip();
    if (token.isEmpty()) {
      throw AnswerException.unauthenticated("Log in with a token to see this.");
    }
    visitor(token);
    String next = form.getOrDefault("next", "/");
    return Answer.with(
        Answer.seeOther(next.matches(LOCAL_PATH) ? next : "/"),
        "Set-Cookie",
        COOKIE + "=" + token + attributes(request));
  }

  Answer logout(Request request) {
    refuseFromElsewhere(request);
    return Answer.with(
        Answer.seeOther("/"), "Set-Cookie", COOKIE + "=; Max-Age=0" + attributes(request));
  }

  private static String attributes(Request request) {
    boolean encrypted =
        request.encrypted() || request.header("X-Forwarded-Proto").orElse("").equals("https");
    return "; Path=/; HttpOnly; SameSite=Strict" + (encrypted ? "; Secure" : "");
  }

  /**
   * Only our own pages send forms here. Browsers say where a form comes from; that it comes from
   * nowhere says a page that is kept in a sandbox, as those of Spark are.
   */
  private static void refuseFromElsewhere(Request request) {
    boolean own =
        request
            .header("Sec-Fetch-Site")
            .map(site -> site.equals("same-origin") || site.equals("none"))
            .orElseGet(() -> request.header("Origin").map(it -> isOurs(it, request)).orElse(true));
    if (!own) {
      throw AnswerException.forbidden("A page from elsewhere may not log anybody in or out here.");
    }
  }

  private static boolean isOurs(String origin, Request request) {
    Optional<String> host = request.header("X-Forwarded-Host").or(() -> request.header("Host"));
    try {
      return host.filter(it -> it.equals(URI.create(origin).getRawAuthority())).isPresent();
    } catch (IllegalArgumentException e) {
      // No origin at all.
      return false;
    }
  }
}
