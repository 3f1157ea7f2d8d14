package io.sparkapp.local.node;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' {@code $(VAR)} in commands, arguments and environment values: a known variable is
 * replaced, an unknown one stays as it is, and {@code $$(VAR)} gives {@code $(VAR)}.
 */
final class VariableExpansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

  private VariableExpansion() {}

  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match.group(), variables)));
  }

  private static String replacement(String reference, Map<String, String> variables) {
    if (reference.equals("$$")) {
      return "$";
    }
    String name = reference.substring(2, reference.length() - 1);
    return variables.getOrDefault(name, reference);
  }
}
