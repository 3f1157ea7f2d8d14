package io.sparkapp.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a name. */
final class Nearest {

  /** One wrong letter in so many is a slip; more is another word. */
  private static final int LETTERS_PER_SLIP = 3;

  private Nearest() {}

  /** The one that is nearest to the wanted one, unless none is near. */
  static Optional<String> of(String wanted, Collection<String> there) {
    int most = Math.max(1, wanted.length() / LETTERS_PER_SLIP);
    return there.stream()
        .filter(each -> !each.equals(wanted))
        .filter(each -> distance(wanted, each) <= most || begins(wanted, each))
        .min(
            Comparator.<String>comparingInt(each -> distance(wanted, each))
                .thenComparing(each -> each));
  }

  /** A question to append to a sentence; empty when there is nothing near. */
  static String hint(String wanted, Collection<String> there) {
    return of(wanted, there).map(name -> " Did you mean " + name + "?").orElse("");
  }

  private static boolean begins(String wanted, String each) {
    return wanted.length() >= LETTERS_PER_SLIP && each.startsWith(wanted);
  }

  /** Letters to change, add, leave out, or swap with their neighbour (optimal string alignment). */
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(table, a, b, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cell(int[][] table, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(table[i - 1][j - 1] + change, Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
