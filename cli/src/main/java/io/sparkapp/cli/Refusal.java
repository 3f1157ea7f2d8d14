package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Says an API server's refusal in plain sentences, one a line, each with the field's name. */
final class Refusal {

  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;

  private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("^Invalid value: (?:\"[^\"]*\"|\\S+): ");

  /** Whom sentences are about when nobody answers. */
  private static final String SERVER = "The API server";

  /** As RBAC says it. */
  private static final Pattern NOT_ALLOWED =
      Pattern.compile(
          "User \"([^\"]*)\" cannot (\\S+) resource \"([^\"]*)\" in API group \"[^\"]*\""
              + "(?: in the namespace \"([^\"]*)\")?");

  private Refusal() {}

  /** What ends the command that met it. */
  static CommandFailure failure(KubernetesClientException refusal) {
    return CommandFailure.of(code(refusal), sentences(refusal), refusal);
  }

  /**
   * The same.
   *
   * @param server host and port that were spoken to
   */
  static CommandFailure failure(KubernetesClientException refusal, String server) {
    return CommandFailure.of(
        code(refusal),
        sentences(refusal).replaceFirst(SERVER, Matcher.quoteReplacement(SERVER + " at " + server)),
        refusal);
  }

  private static ExitCode code(KubernetesClientException refusal) {
    if (refusal.getCode() <= 0) {
      return isAway(root(refusal)) ? ExitCode.UNREACHABLE : ExitCode.FAILED;
    }
    return switch (refusal.getCode()) {
      case 0,
          HttpURLConnection.HTTP_UNAVAILABLE,
          HttpURLConnection.HTTP_BAD_GATEWAY,
          HttpURLConnection.HTTP_GATEWAY_TIMEOUT,
          TOO_MANY ->
          ExitCode.UNREACHABLE;
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          ExitCode.FORBIDDEN;
      case HttpURLConnection.HTTP_NOT_FOUND -> ExitCode.NOT_FOUND;
      case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE -> ExitCode.BAD_INPUT;
      default -> ExitCode.FAILED;
    };
  }

  static String sentences(KubernetesClientException refusal) {
    if (refusal.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return "The cluster does not accept your login (401), its token may have expired: log in"
          + " again, as you do for kubectl.";
    }
    if (refusal.getStatus() == null || refusal.getStatus().getMessage() == null) {
      return away(refusal);
    }
    String message = refusal.getStatus().getMessage();
    if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
      return forbidden(message);
    }
    if (refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        && message.contains("could not find the requested resource")) {
      return "This cluster does not know SparkApps: install the operator, or choose another"
          + " cluster with --context.";
    }
    return faults(refusal, message);
  }

  private static String faults(KubernetesClientException refusal, String message) {
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.find()) {
      return unknown
          .reset()
          .results()
          .map(found -> found.group(1) + ": there is no such field.")
          .collect(Collectors.joining("\n"));
    }
    List<StatusCause> causes =
        refusal.getStatus().getDetails() == null
            ? List.of()
            : refusal.getStatus().getDetails().getCauses();
    String sentences =
        causes.stream()
            .filter(cause -> cause.getField() != null && !cause.getField().equals("<nil>"))
            .map(Refusal::sentence)
            .distinct()
            .collect(Collectors.joining("\n"));
    return sentences.isEmpty() ? message : sentences;
  }

  private static String sentence(StatusCause cause) {
    String said = VALUE.matcher(cause.getMessage()).replaceFirst("");
    String repeated = cause.getField() + " in body ";
    if (said.startsWith(repeated)) {
      said = said.substring(repeated.length());
    }
    return said.contains(cause.getField()) ? said : cause.getField() + ": " + said;
  }

  private static String forbidden(String message) {
    Matcher rule = NOT_ALLOWED.matcher(message);
    if (!rule.find()) {
      return message;
    }
    String where =
        rule.group(4) == null ? " in the whole cluster" : " in namespace " + rule.group(4);
    return "You (%s) may not %s %s%s: ask who runs the cluster for a role that allows it."
        .formatted(rule.group(1), rule.group(2), rule.group(3), where);
  }

  private static String away(KubernetesClientException refusal) {
    Throwable root = root(refusal);
    String said = root.getMessage() == null ? root.toString() : root.getMessage();
    if (refusal.getCode() > 0) {
      // Something else than an API server answered, such as a proxy.
      said = "HTTP " + refusal.getCode();
    } else if (!isAway(root)) {
      return said;
    }
    return "%s does not answer: %s. %s".formatted(SERVER, why(root, said), advice(root));
  }

  /** What says most: below a failed connection there may be only that a channel was closed. */
  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null
        && !(root instanceof ConnectException
            && root.getCause() instanceof ClosedChannelException)) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isAway(Throwable root) {
    return root instanceof IOException
        || root instanceof UnresolvedAddressException
        || root instanceof TimeoutException;
  }

  private static String why(Throwable root, String said) {
    if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
      return "nobody knows a host of that name";
    }
    if (root instanceof HttpTimeoutException
        || root instanceof SocketTimeoutException
        || root instanceof TimeoutException) {
      return "it did not within its time";
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return "no connection";
    }
    return said.replaceAll("\\.$", "");
  }

  private static String advice(Throwable root) {
    return root instanceof SSLException
        ? "Look whether your kubeconfig has its right certificate authority."
        : "Look whether it is up, and whether your kubeconfig has its right address.";
  }
}
