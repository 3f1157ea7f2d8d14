package io.sparkapp.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands between two fences of a page. In front of one with commands a comment, which no
 * reader sees, says who tests them: {@code <!-- test: DocsCommandsIT, ChartE2E; exit code: 1 -->},
 * or why nobody can: {@code <!-- not tested: it needs a cloud -->}. In front of one with a table
 * that a command prints it says which: {@code <!-- printed by: kubectl get sparkapps -->}.
 *
 * @param page from the project's folder
 * @param line of the opening fence, from 1
 * @param language what stands behind the fence
 * @param comment what is said about it
 * @param lines what is in it
 */
record DocBlock(
    String page, int line, String language, Optional<String> comment, List<String> lines) {

  private static final String FENCE = "```";
  private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");
  private static final Set<String> SHELLS = Set.of("sh", "bash");
  private static final Pattern TYPED = Pattern.compile("^#(?:   | Afterwards: )(kubectl .*)$");
  private static final String PROMPT = "$ ";

  /** The pages that are read as they are on GitHub, the most general first. */
  static List<Path> pages(Path root) throws IOException {
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      return Stream.concat(
              Stream.of(root.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  static List<DocBlock> of(Path root, Path page) throws IOException {
    List<DocBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    String name = root.relativize(page).toString();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).startsWith(FENCE)) {
        int end = at + 1;
        while (!lines.get(end).startsWith(FENCE)) {
          end++;
        }
        Matcher comment = COMMENT.matcher(at == 0 ? "" : lines.get(at - 1).strip());
        blocks.add(
            new DocBlock(
                name,
                at + 1,
                lines.get(at).substring(FENCE.length()).strip(),
                comment.matches() ? Optional.of(comment.group(1)) : Optional.empty(),
                lines.subList(at + 1, end)));
        at = end;
      }
    }
    return blocks;
  }

  static List<DocBlock> all(Path root) throws IOException {
    List<DocBlock> all = new ArrayList<>();
    for (Path page : pages(root)) {
      all.addAll(of(root, page));
    }
    return all;
  }

  /** The commands that the head of an example tells to type; a local cluster is enough for them. */
  static DocBlock headOf(Path root, String example) throws IOException {
    List<String> commands =
        Files.readAllLines(root.resolve(example)).stream()
            .takeWhile(each -> each.startsWith("#"))
            .flatMap(each -> TYPED.matcher(each).results())
            .flatMap(found -> Arrays.stream(found.group(1).split("; ")))
            .toList();
    String tester = "test: " + DocsCommandsIT.class.getSimpleName();
    return new DocBlock(example, 1, "sh", Optional.of(tester), commands);
  }

  /** Command lines, whole and without prompt; of a block with a prompt no output. */
  List<DocCommand> commands() {
    boolean prompted = lines.stream().anyMatch(each -> each.startsWith(PROMPT));
    if (!prompted && !SHELLS.contains(language)) {
      return List.of();
    }
    String text =
        String.join(
                "\n",
                lines.stream()
                    .filter(each -> !prompted || each.startsWith(PROMPT))
                    .map(each -> prompted ? each.substring(PROMPT.length()) : each)
                    .toList())
            .replaceAll("\\\\\n\\s*", "");
    return text.lines()
        .filter(each -> !each.isBlank() && !each.startsWith("#"))
        .map(each -> new DocCommand(this, each.strip()))
        .toList();
  }

  /** The classes that test it. */
  List<String> testers() {
    return said("test").map(all -> Arrays.asList(all.split(", "))).orElse(List.of());
  }

  /** Why nobody can test what is left. */
  Optional<String> untested() {
    return said("not tested");
  }

  /** How its commands end. */
  int exitCode() {
    return said("exit code").map(Integer::parseInt).orElse(0);
  }

  /** An option that {@code sparkapp submit} has besides, where what it names is nowhere. */
  Optional<String> with() {
    return said("with");
  }

  /** The command that prints such a table. */
  Optional<String> printedBy() {
    return said("printed by");
  }

  private Optional<String> said(String what) {
    return comment.stream()
        .flatMap(all -> Arrays.stream(all.split("; ")))
        .filter(each -> each.startsWith(what + ": "))
        .map(each -> each.substring(what.length() + 2))
        .findFirst();
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
