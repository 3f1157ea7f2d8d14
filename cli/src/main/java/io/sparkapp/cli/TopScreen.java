package io.sparkapp.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What pods use, in a table. */
final class TopScreen {

  private static final BigDecimal MEBI = BigDecimal.valueOf(1024L * 1024);
  private static final int HUNDRED = 100;

  private TopScreen() {}

  /** The pods of one application, the driver first, then by memory. */
  static List<String> pods(List<PodUse> uses, Style style) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("POD", "CPU", "OF REQUEST", "MEMORY", "OF LIMIT"));
    uses.stream()
        .sorted(
            Comparator.comparing((PodUse use) -> !use.who().equals(PodNames.DRIVER))
                .thenComparing(use -> use.memory().orElse(BigDecimal.ZERO).negate())
                .thenComparing(PodUse::who))
        .forEach(use -> rows.add(row(use.who(), use)));
    rows.add(row("all", sum("", uses)));
    return bold(rows, style);
  }

  /** Each application in one line, by name. */
  static List<String> applications(List<PodUse> uses, Style style) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "PODS", "CPU", "OF REQUEST", "MEMORY", "OF LIMIT"));
    uses.stream()
        .collect(Collectors.groupingBy(PodUse::app, TreeMap::new, Collectors.toList()))
        .forEach(
            (app, pods) -> {
              List<String> row = new ArrayList<>(row(app, sum(app, pods)));
              row.add(1, Integer.toString(pods.size()));
              rows.add(row);
            });
    return bold(rows, style);
  }

  private static List<String> bold(List<List<String>> rows, Style style) {
    return Table.lines(
        rows, Integer.MAX_VALUE, (row, column, text) -> row == 0 ? style.bold(text) : text);
  }

  private static List<String> row(String name, PodUse use) {
    return List.of(
        name,
        use.cpu().map(TopScreen::cores).orElse("-"),
        percent(use.cpu(), use.cpuRequest()),
        use.memory().map(TopScreen::mebibytes).orElse("-"),
        percent(use.memory(), use.memoryLimit()));
  }

  private static PodUse sum(String app, List<PodUse> uses) {
    return new PodUse(
        app,
        "",
        measured(uses, PodUse::cpu),
        total(uses, PodUse::cpuRequest),
        measured(uses, PodUse::memory),
        total(uses, PodUse::memoryLimit));
  }

  private static Optional<BigDecimal> measured(
      List<PodUse> uses, Function<PodUse, Optional<BigDecimal>> amount) {
    return uses.stream().map(amount).flatMap(Optional::stream).reduce(BigDecimal::add);
  }

  private static BigDecimal total(List<PodUse> uses, Function<PodUse, BigDecimal> amount) {
    return uses.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String cores(BigDecimal cores) {
    return cores.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String mebibytes(BigDecimal bytes) {
    return bytes.divide(MEBI, 0, RoundingMode.HALF_UP).toPlainString() + "Mi";
  }

  private static String percent(Optional<BigDecimal> part, BigDecimal whole) {
    return part.filter(used -> whole.signum() > 0)
        .map(
            used ->
                used.multiply(BigDecimal.valueOf(HUNDRED))
                        .divide(whole, 0, RoundingMode.HALF_UP)
                        .toPlainString()
                    + "%")
        .orElse("-");
  }
}
