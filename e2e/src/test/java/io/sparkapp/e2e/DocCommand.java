package io.sparkapp.e2e;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One command line of a page.
 *
 * @param block where it stands
 * @param line as a shell takes it
 */
record DocCommand(DocBlock block, String line) {

  private static final Set<String> LOCAL =
      Set.of("sparkapp", "./sparkapp", "kubectl", "ln", "eval");

  private static final String SUBMIT = "sparkapp submit ";

  /** Those that end only when somebody ends them. */
  private static final Pattern ENDLESS =
      Pattern.compile(" (-w|--watch|port-forward)\\b|sparkapp logs .* -f\\b");

  /** Who tests it, of the classes that the block names. */
  boolean isTestedBy(Class<?> tester) {
    if (!block.testers().contains(tester.getSimpleName())) {
      return false;
    }
    return tester == HelmCommandsTest.class ? isHelm() : isLocal();
  }

  /** Whether a local cluster is enough. */
  boolean isLocal() {
    return LOCAL.contains(program());
  }

  boolean isHelm() {
    return program().equals("helm");
  }

  boolean isEndless() {
    return ENDLESS.matcher(line).find();
  }

  /** What is typed. */
  String typed() {
    return block
        .with()
        .filter(option -> line.startsWith(SUBMIT))
        .map(option -> line.replace(SUBMIT, SUBMIT + option + " "))
        .orElse(line);
  }

  private String program() {
    return line.split(" ", 2)[0];
  }

  @Override
  public String toString() {
    return block + ": " + line;
  }
}
