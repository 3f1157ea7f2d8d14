package io.sparkapp.operator.web;

import io.sparkapp.crds.SparkApp;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A number for the applications of each namespace that changes when one of them does. They are gone
 * through once for all who look at the same time.
 */
final class Revisions {

  private static final long GOOD_FOR_NANOS = 200_000_000L;

  private final Applications applications;
  private Map<String, Long> byNamespace = Map.of();
  private long taken;
  private boolean begun;

  Revisions(Applications applications) {
    this.applications = applications;
  }

  /** Those that have an application. */
  Set<String> namespaces() {
    return byNamespace().keySet();
  }

  /** Of all applications in these namespaces. */
  long of(Predicate<String> visible) {
    return byNamespace().entrySet().stream()
        .filter(entry -> visible.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private synchronized Map<String, Long> byNamespace() {
    long now = System.nanoTime();
    if (!begun || now - taken > GOOD_FOR_NANOS) {
      Map<String, Long> counted = new HashMap<>();
      applications
          .all()
          .forEach(app -> counted.merge(app.getMetadata().getNamespace(), mark(app), Long::sum));
      byNamespace = counted;
      taken = now;
      begun = true;
    }
    return byNamespace;
  }

  private static long mark(SparkApp app) {
    return mix(app.getMetadata().getUid(), app.getMetadata().getResourceVersion());
  }

  /** A sum of these tells sets apart, whatever their order. */
  static long mix(Object... parts) {
    long mixed = 0x9E3779B97F4A7C15L * (Objects.hash(parts) + 1L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
