package io.sparkapp.driver;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sparkapp://}, {@code sparkapp://NAMESPACE} or {@code sparkapp://NAMESPACE/NAME}.
 *
 * @param namespace empty for the one of the kubeconfig's context
 * @param name of a SparkApp that is joined, or created if there is none; empty for a new one
 */
record MasterUrl(Optional<String> namespace, Optional<String> name) {

  static final String SCHEME = "sparkapp://";

  private static final Pattern FORM =
      Pattern.compile(
          "sparkapp://([a-z0-9]([-a-z0-9]*[a-z0-9])?)?(/([a-z]([-a-z0-9]*[a-z0-9])?)?)?");

  static MasterUrl parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || form.group(1) == null && form.group(4) != null) {
      throw new IllegalArgumentException(
          "Master "
              + text
              + " is none: write sparkapp://NAMESPACE, or sparkapp://NAMESPACE/NAME for an"
              + " application with a name of your own.");
    }
    return new MasterUrl(Optional.ofNullable(form.group(1)), Optional.ofNullable(form.group(4)));
  }
}
