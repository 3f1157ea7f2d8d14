package io.sparkapp.local.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces a container's paths in a text by paths of the machine, as there is no chroot to do it.
 *
 * <p>A path is replaced where it stands as a whole: at the start, or after one of {@code = : , ; "
 * ' @} or white space, or after {@code file://} or {@code local://}; and up to the end, a slash or
 * a delimiter. One pass, longest path first: what has been replaced is never looked at again.
 */
final class PathMapping {
  private static final String BEFORE = "=:,;\"'@([{";
  private static final String AFTER = "/:,;\"'*@=?&#)]}";
  private static final Pattern LOCAL_SCHEME =
      Pattern.compile("(^|[^A-Za-z0-9+.-])(file|local)://$");
  private static final int LONGEST_SCHEME = "?local://".length();

  private record Rule(String from, String to) {}

  private final List<Rule> longestFirst;

  private PathMapping(List<Rule> longestFirst) {
    this.longestFirst = longestFirst;
  }

  /**
   * @param paths absolute paths in the container to paths on the machine
   */
  static PathMapping of(Map<String, Path> paths) {
    return new PathMapping(
        paths.entrySet().stream()
            .map(entry -> new Rule(normalized(entry.getKey()), entry.getValue().toString()))
            .filter(rule -> !rule.from().equals("/"))
            .sorted(
                Comparator.comparingInt((Rule rule) -> -rule.from().length())
                    .thenComparing(Rule::from))
            .toList());
  }

  /** This mapping and more paths, which win over equal ones. */
  PathMapping plus(Map<String, Path> paths) {
    Map<String, Path> all = new HashMap<>();
    longestFirst.forEach(rule -> all.put(rule.from(), Path.of(rule.to())));
    paths.forEach((from, to) -> all.put(normalized(from), to));
    return of(all);
  }

  /** The text with its container paths replaced. */
  String map(String text) {
    StringBuilder mapped = new StringBuilder(text.length() + 64);
    int position = 0;
    while (position < text.length()) {
      Optional<Rule> rule = ruleAt(text, position);
      if (rule.isPresent()) {
        mapped.append(rule.get().to());
        position += rule.get().from().length();
      } else {
        mapped.append(text.charAt(position++));
      }
    }
    return mapped.toString();
  }

  /** The text with the machine's paths replaced by the container's: what its user knows. */
  String unmap(String text) {
    List<Rule> longestTargetFirst =
        longestFirst.stream()
            .sorted(Comparator.comparingInt((Rule rule) -> -rule.to().length()))
            .toList();
    String unmapped = text;
    for (Rule rule : longestTargetFirst) {
      unmapped = unmapped.replace(rule.to(), rule.from());
    }
    return unmapped;
  }

  /** Where one absolute container path is on the machine; empty if it belongs to nothing mapped. */
  Optional<Path> resolve(String path) {
    String whole = normalized(path);
    return longestFirst.stream()
        .filter(rule -> whole.equals(rule.from()) || whole.startsWith(rule.from() + "/"))
        .findFirst()
        .map(rule -> Path.of(rule.to() + whole.substring(rule.from().length())));
  }

  private Optional<Rule> ruleAt(String text, int position) {
    if (text.charAt(position) != '/' || !startsHere(text, position)) {
      return Optional.empty();
    }
    return longestFirst.stream()
        .filter(rule -> text.startsWith(rule.from(), position))
        .filter(rule -> endsHere(text, position + rule.from().length()))
        .findFirst();
  }

  private static boolean startsHere(String text, int position) {
    if (position == 0) {
      return true;
    }
    char before = text.charAt(position - 1);
    return BEFORE.indexOf(before) >= 0
        || Character.isWhitespace(before)
        || (before == '/'
            && LOCAL_SCHEME
                .matcher(text.substring(Math.max(0, position - LONGEST_SCHEME), position))
                .find());
  }

  private static boolean endsHere(String text, int end) {
    return end == text.length()
        || AFTER.indexOf(text.charAt(end)) >= 0
        || Character.isWhitespace(text.charAt(end));
  }

  private static String normalized(String path) {
    return Path.of(path).normalize().toString();
  }
}
