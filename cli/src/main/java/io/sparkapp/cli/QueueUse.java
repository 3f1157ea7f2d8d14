package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.crds.SparkQueueStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a queue holds of one resource, against what is promised to it and what it may hold.
 *
 * @param resource its name
 * @param used what it holds, as its status writes it
 * @param guaranteed what is promised to it; null when nothing is
 * @param most what it may hold; null when there is no limit
 */
record QueueUse(String resource, String used, String guaranteed, String most) {

  private static final int BAR = 24;
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";

  /** One for each resource that the status names: cpu, memory, then the others by name. */
  static List<QueueUse> all(SparkQueueStatus status) {
    TreeSet<String> names = new TreeSet<>();
    Stream.of(status.used(), status.guaranteed(), status.capacity(), status.pending())
        .filter(Objects::nonNull)
        .map(Map::keySet)
        .forEach(names::addAll);
    List<String> ordered = new ArrayList<>();
    Stream.of(CPU, MEMORY).filter(names::remove).forEach(ordered::add);
    ordered.addAll(names);
    return ordered.stream().map(name -> of(status, name)).toList();
  }

  /** The one that it is fullest of; of equal ones the first. Empty when it knows of no resource. */
  static Optional<QueueUse> dominant(SparkQueueStatus status) {
    return all(status).stream().min(Comparator.comparing(QueueUse::fullness).reversed());
  }

  private static QueueUse of(SparkQueueStatus status, String name) {
    return new QueueUse(
        name,
        amount(status.used(), name).orElse("0"),
        amount(status.guaranteed(), name).orElse(null),
        amount(status.capacity(), name).orElse(null));
  }

  static Optional<String> amount(Map<String, String> amounts, String name) {
    return Optional.ofNullable(amounts).map(each -> each.get(name));
  }

  private BigDecimal fullness() {
    BigDecimal whole = whole();
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : number(used).divide(whole, MathContext.DECIMAL32);
  }

  /** What a full bar stands for. */
  private BigDecimal whole() {
    return most != null
        ? number(most)
        : guaranteed == null ? number(used) : number(used).max(number(guaranteed));
  }

  /**
   * A bar as long as the most that it may hold: {@code =} used, {@code >} used beyond the
   * guarantee, {@code -} promised and not used.
   */
  String bar() {
    int held = cells(used);
    int promised = guaranteed == null ? 0 : cells(guaranteed);
    StringBuilder bar = new StringBuilder("[");
    for (int cell = 0; cell < BAR; cell++) {
      boolean beyond = guaranteed != null && cell >= promised;
      bar.append(cell < held ? beyond ? '>' : '=' : cell < promised ? '-' : ' ');
    }
    return bar.append(']').toString();
  }

  /** As {@code 12 of 40 cpu}. */
  String sentence() {
    return (most == null ? used : used + " of " + most) + " " + resource;
  }

  private int cells(String amount) {
    BigDecimal whole = whole();
    BigDecimal part = number(amount);
    if (whole.signum() == 0 || part.signum() == 0) {
      return 0;
    }
    int cells =
        part.multiply(BigDecimal.valueOf(BAR)).divide(whole, 0, RoundingMode.HALF_UP).intValue();
    return Math.max(1, Math.min(BAR, cells));
  }

  private static BigDecimal number(String amount) {
    return new Quantity(amount).getNumericalAmount();
  }
}
