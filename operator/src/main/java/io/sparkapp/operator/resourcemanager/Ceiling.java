package io.sparkapp.operator.resourcemanager;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The most of each resource that something may hold.
 *
 * @param cpu thousandths of a core, or {@link #ANY}
 * @param memory bytes, or {@link #ANY}
 * @param others extended resources by name
 * @param whole whether there is none of what is not named in {@code others}; else there is any
 */
public record Ceiling(long cpu, long memory, SortedMap<String, Long> others, boolean whole) {

  /** No limit. */
  public static final long ANY = Long.MAX_VALUE;

  private static final SortedMap<String, Long> NO_OTHERS = Collections.emptySortedMap();

  /** No limit on anything. */
  public static final Ceiling NONE = new Ceiling(ANY, ANY, NO_OTHERS, false);

  public Ceiling {
    others =
        others.isEmpty() ? NO_OTHERS : Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /** Limits what is named; anything else has no limit. */
  static Ceiling of(Map<String, String> written) {
    if (written.isEmpty()) {
      return NONE;
    }
    Map<String, Quantity> quantities = new HashMap<>();
    written.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
    Resources amounts = Resources.of(quantities);
    SortedMap<String, Long> others = new TreeMap<>();
    written.keySet().stream()
        .filter(name -> !name.equals(Resources.CPU) && !name.equals(Resources.MEMORY))
        .forEach(name -> others.put(name, amounts.others().getOrDefault(name, 0L)));
    return new Ceiling(
        written.containsKey(Resources.CPU) ? amounts.cpu() : ANY,
        written.containsKey(Resources.MEMORY) ? amounts.memory() : ANY,
        others,
        false);
  }

  /** So much and no more, of what is not named too. */
  public static Ceiling exactly(Resources there) {
    return new Ceiling(there.cpu(), there.memory(), there.others(), true);
  }

  boolean isNone() {
    return cpu == ANY && memory == ANY && others.isEmpty() && !whole;
  }

  /** The most of one resource, or {@link #ANY}. */
  public long of(String name) {
    return switch (name) {
      case Resources.CPU -> cpu;
      case Resources.MEMORY -> memory;
      default -> others.getOrDefault(name, whole ? 0 : ANY);
    };
  }

  /** The lower of both. */
  Ceiling and(Ceiling other) {
    if (other.isNone()) {
      return this;
    }
    if (isNone()) {
      return other;
    }
    if (others.isEmpty() && other.others.isEmpty()) {
      return new Ceiling(
          Math.min(cpu, other.cpu),
          Math.min(memory, other.memory),
          NO_OTHERS,
          whole || other.whole);
    }
    SortedMap<String, Long> lower = new TreeMap<>();
    others.keySet().forEach(name -> lower.put(name, Math.min(of(name), other.of(name))));
    other.others.keySet().forEach(name -> lower.put(name, Math.min(of(name), other.of(name))));
    return new Ceiling(
        Math.min(cpu, other.cpu), Math.min(memory, other.memory), lower, whole || other.whole);
  }

  /** So much higher where there is a limit. */
  Ceiling raisedBy(Resources more) {
    SortedMap<String, Long> higher = new TreeMap<>();
    others.forEach((name, most) -> higher.put(name, most + more.others().getOrDefault(name, 0L)));
    return new Ceiling(
        cpu == ANY ? ANY : cpu + more.cpu(),
        memory == ANY ? ANY : memory + more.memory(),
        higher,
        whole);
  }

  /** A share of it, in percent. */
  Ceiling percent(int share) {
    SortedMap<String, Long> part = new TreeMap<>();
    others.forEach((name, most) -> part.put(name, most / 100 * share + most % 100 * share / 100));
    return new Ceiling(part(cpu, share), part(memory, share), part, whole);
  }

  private static long part(long most, int share) {
    return most == ANY ? ANY : most / 100 * share + most % 100 * share / 100;
  }

  /**
   * Whether {@code more} fits beside {@code used} and {@code kept}. What is asked for none of is
   * not looked at: who wants CPU is not held up by GPUs that ran short.
   */
  boolean admits(Resources used, Resources kept, Resources more) {
    return (more.cpu() <= 0 || cpu == ANY || used.cpu() + kept.cpu() + more.cpu() <= cpu)
        && (more.memory() <= 0
            || memory == ANY
            || used.memory() + kept.memory() + more.memory() <= memory)
        && (more.isPlain() || shortOf(used, kept, more).isEmpty());
  }

  boolean admits(Resources all) {
    return admits(Resources.NONE, Resources.NONE, all);
  }

  /** The resource that {@code more} would be too much of. */
  Optional<String> shortOf(Resources used, Resources kept, Resources more) {
    if (more.cpu() > 0 && cpu != ANY && used.cpu() + kept.cpu() + more.cpu() > cpu) {
      return Optional.of(Resources.CPU);
    }
    if (more.memory() > 0
        && memory != ANY
        && used.memory() + kept.memory() + more.memory() > memory) {
      return Optional.of(Resources.MEMORY);
    }
    return more.others().keySet().stream()
        .filter(name -> more.others().get(name) > 0)
        .filter(name -> of(name) != ANY)
        .filter(name -> used.amount(name) + kept.amount(name) + more.amount(name) > of(name))
        .findFirst();
  }

  /**
   * What is left of it beside {@code used}, of the resources of {@code wanted} that have a limit.
   */
  Resources shortfall(Resources used, Resources wanted) {
    SortedMap<String, Long> missing = new TreeMap<>();
    for (String name : wanted.others().keySet()) {
      missing.put(name, missing(of(name), used.amount(name), wanted.amount(name)));
    }
    return new Resources(
        missing(cpu, used.cpu(), wanted.cpu()),
        missing(memory, used.memory(), wanted.memory()),
        missing);
  }

  private static long missing(long most, long used, long wanted) {
    return most == ANY || wanted <= 0 ? 0 : Math.max(0, used + wanted - Math.max(most, 0));
  }

  /** As a queue's status writes it. */
  public Map<String, String> asQuantities() {
    SortedMap<String, String> quantities = new TreeMap<>();
    if (cpu != ANY) {
      quantities.put(Resources.CPU, Amounts.cores(cpu));
    }
    if (memory != ANY) {
      quantities.put(Resources.MEMORY, Amounts.memory(memory));
    }
    others.forEach((name, most) -> quantities.put(name, Long.toString(most)));
    return quantities;
  }
}
