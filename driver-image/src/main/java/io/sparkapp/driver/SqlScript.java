package io.sparkapp.driver;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * The statements of a script: what is between semicolons, but for those in strings, in comments and
 * between {@code BEGIN} and {@code END}. Spark's own lexer reads them; the splitter of its command
 * line is not in every version's jars.
 */
final class SqlScript {

  /** What {@code END} closes when it is followed by one of these was never counted as open. */
  private static final List<String> OWN_ENDS = List.of("IF", "WHILE", "LOOP", "REPEAT", "FOR");

  private final String text;
  private final int[] characters;
  private final List<Statement> statements = new ArrayList<>();

  private SqlScript(String text) {
    this.text = text;
    this.characters = text.codePoints().toArray();
  }

  /**
   * One statement.
   *
   * @param number from 1
   * @param line the line of the script that it starts at, from 1
   * @param text without the semicolon
   */
  record Statement(int number, int line, String text) {}

  static List<Statement> statements(String text) {
    SqlScript script = new SqlScript(text);
    script.split();
    return List.copyOf(script.statements);
  }

  private void split() {
    List<Word> words = words();
    int open = 0;
    int first = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).name();
      String next = i + 1 < words.size() ? words.get(i + 1).name() : "";
      if (word.equals("SEMICOLON") && open == 0) {
        add(words.subList(first, i));
        first = i + 1;
      } else if (word.equals("BEGIN") || word.equals("CASE") && open > 0) {
        open++;
      } else if (word.equals("END") && open > 0 && !OWN_ENDS.contains(next)) {
        open--;
        // CASE ... END CASE: the last word opens nothing.
        i += next.equals("CASE") ? 1 : 0;
      }
    }
    add(words.subList(first, words.size()));
  }

  private void add(List<Word> words) {
    if (words.isEmpty()) {
      return;
    }
    int from = text.offsetByCodePoints(0, words.get(0).from());
    int to = text.offsetByCodePoints(0, words.get(words.size() - 1).to() + 1);
    statements.add(
        new Statement(statements.size() + 1, words.get(0).line(), text.substring(from, to)));
  }

  private record Word(String name, int line, int from, int to) {}

  /** Neither blanks nor comments. Numbers of tokens differ between versions, names do not. */
  private List<Word> words() {
    int[] upper = new int[characters.length];
    for (int i = 0; i < upper.length; i++) {
      // The lexer knows keywords in upper case only; one for one, so that places stay the same.
      upper[i] = Character.toUpperCase(characters[i]);
    }
    SqlBaseLexer lexer =
        new SqlBaseLexer(CharStreams.fromString(new String(upper, 0, upper.length)));
    lexer.removeErrorListeners();
    List<Word> words = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        String name = lexer.getVocabulary().getSymbolicName(token.getType());
        words.add(
            new Word(
                name == null ? "" : name,
                token.getLine(),
                token.getStartIndex(),
                token.getStopIndex()));
      }
    }
    return words;
  }
}
