package io.sparkapp.cli.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a spark-submit command in the text of a shell script: comments, quotes and lines
 * that go on are as in sh. What only a shell could know, such as the value of a variable, is left
 * as it is written.
 */
final class CommandLineText {

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^[^#\\n]*?(?:^|[\\s/;&|(])(spark-submit2?(?:\\.sh|\\.cmd)?)(?=\\s|$)");
  private static final Pattern MANIFEST =
      Pattern.compile("\\A\\s*[{\\[]|(?m)^\"?apiVersion\"?\\s*:");

  private final String text;
  private int position;
  private int line;

  private CommandLineText(String text, int position, int line) {
    this.text = text;
    this.position = position;
    this.line = line;
  }

  /**
   * A word.
   *
   * @param line where it begins, counted from 1
   * @param expands whether a shell would put something else in its place
   */
  record Word(String text, int line, boolean expands) {}

  static boolean isIn(String text) {
    return !MANIFEST.matcher(text).find() && COMMAND.matcher(text).find();
  }

  /** The words after spark-submit, for each time that it is in the text. */
  static List<List<Word>> commands(String text) {
    List<List<Word>> commands = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int end = matcher.end(1);
      int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
      CommandLineText command = new CommandLineText(text, end, line);
      commands.add(command.words());
      from = Math.max(end, command.position);
    }
    return commands;
  }

  private List<Word> words() {
    List<Word> words = new ArrayList<>();
    Optional<Word> word = next();
    while (word.isPresent()) {
      words.add(word.get());
      word = next();
    }
    return words;
  }

  private Optional<Word> next() {
    if (!skipBlanks()) {
      return Optional.empty();
    }
    int start = line;
    StringBuilder word = new StringBuilder();
    boolean expands = false;
    char quote = 0;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (quote == 0 && (Character.isWhitespace(c) || ";&|<>()".indexOf(c) >= 0)) {
        break;
      }
      position++;
      if (c == '\n') {
        line++;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && position < text.length()) {
        escaped(word, quote);
      } else {
        expands |= quote != '\'' && (c == '$' || c == '`');
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new UnreadableException(start, "a quote that begins here has no end.");
    }
    boolean descriptor =
        position < text.length()
            && "<>".indexOf(text.charAt(position)) >= 0
            && word.toString().matches("[0-9]+");
    return descriptor ? next() : Optional.of(new Word(word.toString(), start, expands));
  }

  private void escaped(StringBuilder word, char quote) {
    char next = text.charAt(position++);
    if (next == '\n') {
      line++;
    } else if (next == '\r' && position < text.length() && text.charAt(position) == '\n') {
      position++;
      line++;
    } else {
      if (quote == '"' && "\"\\$`".indexOf(next) < 0) {
        word.append('\\');
      }
      word.append(next);
    }
  }

  /** Whether there is another word of this command. */
  private boolean skipBlanks() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ' ' || c == '\t' || c == '\r') {
        position++;
      } else if (text.startsWith("\\\n", position) || text.startsWith("\\\r\n", position)) {
        position = text.indexOf('\n', position) + 1;
        line++;
      } else if (c == '>' || c == '<') {
        redirection();
      } else {
        return c != '\n' && c != '#' && ";&|()".indexOf(c) < 0;
      }
    }
    return false;
  }

  /** Where output goes is the shell's business. */
  private void redirection() {
    while (position < text.length() && "<>&".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (skipBlanks()) {
      next();
    }
  }
}
