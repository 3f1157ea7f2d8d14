package io.sparkapp.operator.resourcemanager;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;

/**
 * An amount of each resource; one that is not named is none of it.
 *
 * @param cpu thousandths of a core
 * @param memory bytes
 * @param others extended resources by name, such as {@code nvidia.com/gpu}, whole ones; none is
 *     zero
 */
public record Resources(long cpu, long memory, SortedMap<String, Long> others) {

  private static final SortedMap<String, Long> NO_OTHERS = Collections.emptySortedMap();

  /** Nothing. */
  public static final Resources NONE = new Resources(0, 0);

  /** So much that a few times as much can still be counted. */
  private static final long MOST = Long.MAX_VALUE / 4;

  static final String CPU = "cpu";
  static final String MEMORY = "memory";

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  public Resources {
    others = others == NO_OTHERS || others.isEmpty() ? NO_OTHERS : withoutZeros(others);
  }

  /**
   * @param cpu thousandths of a core
   * @param memory bytes
   */
  public Resources(long cpu, long memory) {
    this(cpu, memory, NO_OTHERS);
  }

  /** Reads a pod's requests or what a queue's spec says. Fractions are rounded up. */
  public static Resources of(Map<String, Quantity> quantities) {
    long cpu = 0;
    long memory = 0;
    SortedMap<String, Long> others = new TreeMap<>();
    for (Map.Entry<String, Quantity> each : quantities.entrySet()) {
      BigDecimal amount = each.getValue().getNumericalAmount();
      switch (each.getKey()) {
        case CPU -> cpu = whole(amount.multiply(THOUSAND));
        case MEMORY -> memory = whole(amount);
        default -> others.put(each.getKey(), whole(amount));
      }
    }
    return new Resources(cpu, memory, others);
  }

  private static long whole(BigDecimal amount) {
    return Math.min(MOST, amount.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /** What is too much to count stays far too much, and does not become less than nothing. */
  private static long sum(long one, long other) {
    return Math.max(-MOST, Math.min(MOST, one + other));
  }

  private static long product(long amount, long factor) {
    return amount > MOST / Math.max(1, factor) ? MOST : amount * factor;
  }

  private static SortedMap<String, Long> withoutZeros(SortedMap<String, Long> amounts) {
    SortedMap<String, Long> kept = new TreeMap<>(amounts);
    kept.values().removeIf(amount -> amount == 0);
    return kept.isEmpty() ? NO_OTHERS : Collections.unmodifiableSortedMap(kept);
  }

  public Resources plus(Resources more) {
    if (isPlain() && more.isPlain()) {
      return new Resources(sum(cpu, more.cpu), sum(memory, more.memory), NO_OTHERS);
    }
    return combined(more, Resources::sum);
  }

  /** What is left; below zero where {@code less} is more than there is. */
  public Resources minus(Resources less) {
    if (isPlain() && less.isPlain()) {
      return new Resources(cpu - less.cpu, memory - less.memory, NO_OTHERS);
    }
    return combined(less, (here, there) -> here - there);
  }

  public Resources times(long factor) {
    if (isPlain()) {
      return new Resources(product(cpu, factor), product(memory, factor), NO_OTHERS);
    }
    SortedMap<String, Long> product = new TreeMap<>();
    others.forEach((name, amount) -> product.put(name, product(amount, factor)));
    return new Resources(product(cpu, factor), product(memory, factor), product);
  }

  Resources half() {
    if (isPlain()) {
      return new Resources(cpu / 2, memory / 2, NO_OTHERS);
    }
    SortedMap<String, Long> half = new TreeMap<>();
    others.forEach((name, amount) -> half.put(name, amount / 2));
    return new Resources(cpu / 2, memory / 2, half);
  }

  /** No more than {@code other} of anything. */
  public Resources atMost(Resources other) {
    return combined(other, Math::min);
  }

  /** Nothing less than none. */
  public Resources withoutDebts() {
    return combined(NONE, Math::max);
  }

  /** Whether it is CPU and memory only, as nearly always. */
  boolean isPlain() {
    return others == NO_OTHERS;
  }

  /** Whether {@code other} has at least this much of everything. */
  public boolean fitsIn(Resources other) {
    return cpu <= other.cpu
        && memory <= other.memory
        && (isPlain() && other.isPlain()
            || minus(other).others.values().stream().noneMatch(amount -> amount > 0));
  }

  /** Of one resource. */
  public long amount(String name) {
    return switch (name) {
      case CPU -> cpu;
      case MEMORY -> memory;
      default -> others.getOrDefault(name, 0L);
    };
  }

  /** Of which resources there is any. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(others.keySet());
    if (cpu != 0) {
      names.add(CPU);
    }
    if (memory != 0) {
      names.add(MEMORY);
    }
    return names;
  }

  /** The same with another amount of one resource. */
  public Resources with(String name, long amount) {
    if (name.equals(CPU)) {
      return new Resources(amount, memory, others);
    }
    if (name.equals(MEMORY)) {
      return new Resources(cpu, amount, others);
    }
    SortedMap<String, Long> changed = new TreeMap<>(others);
    changed.put(name, amount);
    return new Resources(cpu, memory, changed);
  }

  /** Whether it is so much that it was not counted to its end. */
  public boolean isBeyondCounting() {
    return cpu >= MOST
        || memory >= MOST
        || others.values().stream().anyMatch(amount -> amount >= MOST);
  }

  public boolean isNone() {
    return cpu == 0 && memory == 0 && isPlain();
  }

  /** As a queue's status writes it. */
  public Map<String, String> asQuantities() {
    return new TreeMap<>(Amounts.quantities(this));
  }

  private Resources combined(Resources with, LongBinaryOperator how) {
    long cpus = how.applyAsLong(cpu, with.cpu);
    long bytes = how.applyAsLong(memory, with.memory);
    if (isPlain() && with.isPlain()) {
      return new Resources(cpus, bytes, NO_OTHERS);
    }
    SortedMap<String, Long> result = new TreeMap<>();
    others.forEach(
        (name, amount) ->
            result.put(name, how.applyAsLong(amount, with.others.getOrDefault(name, 0L))));
    with.others.forEach(
        (name, amount) -> {
          if (!others.containsKey(name)) {
            result.put(name, how.applyAsLong(0, amount));
          }
        });
    return new Resources(cpus, bytes, result);
  }
}
