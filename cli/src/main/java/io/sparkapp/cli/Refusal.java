package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says an API server's refusal in plain sentences, one a line, each with the field's name. */
final class Refusal {

  private static final Pattern UNKNOWN = Pattern.compile("unknown field \"([^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("^Invalid value: (?:\"[^\"]*\"|\\S+): ");

  private Refusal() {}

  static String sentences(KubernetesClientException refusal) {
    if (refusal.getStatus() == null || refusal.getStatus().getMessage() == null) {
      return "The API server does not answer: " + rootMessage(refusal);
    }
    String message = refusal.getStatus().getMessage();
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

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
