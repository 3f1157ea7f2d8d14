package io.sparkapp.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a Prometheus expression as can be told without Prometheus: which metrics it looks at,
 * by which labels it chooses and groups, and whether its brackets and functions are right.
 *
 * @param metrics the labels of each metric's selectors, by metric
 * @param grouped the labels that it groups or matches by
 */
record PromQl(Map<String, Set<String>> metrics, Set<String> grouped) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|[a-zA-Z_:][\\w:]*|[0-9][\\w.]*|=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}\\[\\],]");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "absent", "avg", "count", "histogram_quantile", "increase", "max", "min", "rate", "sum");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");
  private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring");
  private static final Map<String, String> CLOSING = Map.of("(", ")", "{", "}", "[", "]");

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static PromQl parse(String expression) {
    return new Reader(tokens(expression)).read();
  }

  private static List<String> tokens(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (matcher.find()) {
      blank(expression.substring(end, matcher.start()));
      tokens.add(matcher.group());
      end = matcher.end();
    }
    blank(expression.substring(end));
    return tokens;
  }

  private static void blank(String between) {
    if (!between.isBlank()) {
      throw new IllegalArgumentException("unexpected " + between.strip());
    }
  }

  /** Reads token after token. */
  private static final class Reader {
    private final List<String> tokens;
    private final Map<String, Set<String>> metrics = new TreeMap<>();
    private final Set<String> grouped = new TreeSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int at;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    PromQl read() {
      while (at < tokens.size()) {
        String token = tokens.get(at);
        if (CLOSING.containsKey(token)) {
          open.push(CLOSING.get(token));
        } else if (CLOSING.containsValue(token)) {
          if (open.isEmpty() || !open.pop().equals(token)) {
            throw new IllegalArgumentException("misplaced " + token);
          }
        } else if (token.matches("[a-zA-Z_:].*")) {
          word(token);
        }
        at++;
      }
      if (!open.isEmpty()) {
        throw new IllegalArgumentException("missing " + open.peek());
      }
      return new PromQl(metrics, grouped);
    }

    private String next() {
      return at + 1 < tokens.size() ? tokens.get(at + 1) : "";
    }

    private void word(String word) {
      if (GROUPINGS.contains(word)) {
        at += 2;
        while (!tokens.get(at).equals(")")) {
          if (!tokens.get(at).equals(",")) {
            grouped.add(tokens.get(at));
          }
          at++;
        }
      } else if (next().equals("(") || next().equals("by")) {
        if (!FUNCTIONS.contains(word) && !OPERATORS.contains(word)) {
          throw new IllegalArgumentException("unknown function " + word);
        }
      } else if (!OPERATORS.contains(word)) {
        metrics.computeIfAbsent(word, name -> new TreeSet<>()).addAll(selectors());
      }
    }

    private List<String> selectors() {
      List<String> labels = new ArrayList<>();
      if (!next().equals("{")) {
        return labels;
      }
      at += 2;
      while (!tokens.get(at).equals("}")) {
        labels.add(tokens.get(at));
        if (!Set.of("=", "!=", "=~", "!~").contains(tokens.get(at + 1))
            || !tokens.get(at + 2).startsWith("\"")) {
          throw new IllegalArgumentException("bad matcher of " + tokens.get(at));
        }
        at += tokens.get(at + 3).equals(",") ? 4 : 3;
      }
      return labels;
    }
  }
}
