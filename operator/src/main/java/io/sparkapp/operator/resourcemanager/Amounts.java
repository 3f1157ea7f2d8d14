package io.sparkapp.operator.resourcemanager;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes resources: as quantities, and as people say them. */
final class Amounts {

  private static final int TEBI = 40;
  private static final int GIBI = 30;
  private static final int MEBI = 20;
  private static final long MASK = 1023;
  private static final long TEN_GIBI = 10L << GIBI;

  private Amounts() {}

  /** {@code cpu: 500m, memory: 4Gi}; what there is none of is left out. */
  static Map<String, String> quantities(Resources resources) {
    Map<String, String> quantities = new LinkedHashMap<>();
    if (resources.cpu() != 0) {
      quantities.put(Resources.CPU, cores(resources.cpu()));
    }
    if (resources.memory() != 0) {
      quantities.put(Resources.MEMORY, memory(resources.memory()));
    }
    resources.others().forEach((name, amount) -> quantities.put(name, Long.toString(amount)));
    return quantities;
  }

  /** {@code 2 cores, 4Gi and 1 nvidia.com/gpu}. */
  static String sentence(Resources resources) {
    List<String> parts = new ArrayList<>();
    if (resources.cpu() != 0) {
      parts.add(resources.cpu() == 1000 ? "1 core" : decimal(resources.cpu()) + " cores");
    }
    if (resources.memory() != 0) {
      parts.add(rounded(resources.memory()));
    }
    resources.others().forEach((name, amount) -> parts.add(amount + " " + name));
    if (parts.isEmpty()) {
      return "nothing";
    }
    String last = parts.remove(parts.size() - 1);
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  /** One resource, as {@code 2 cores}, {@code 4Gi of memory} or {@code 1 nvidia.com/gpu}. */
  static String of(String name, long amount) {
    return name.equals(Resources.MEMORY) ? rounded(amount) + " of memory" : bare(name, amount);
  }

  /** The same where memory was spoken of already. */
  static String bare(String name, long amount) {
    return switch (name) {
      case Resources.CPU -> amount == 1000 ? "1 core" : decimal(amount) + " cores";
      case Resources.MEMORY -> rounded(amount);
      default -> amount + " " + name;
    };
  }

  static String cores(long thousandths) {
    return thousandths % 1000 == 0 ? Long.toString(thousandths / 1000) : thousandths + "m";
  }

  static String memory(long bytes) {
    if (bytes % (1L << GIBI) == 0) {
      return (bytes >> GIBI) + "Gi";
    }
    return (bytes & (MASK << 10 | MASK)) == 0 ? (bytes >> MEBI) + "Mi" : Long.toString(bytes);
  }

  /**
   * Memory as people say it: {@code 23.5Gi}, {@code 4.3Ti}. What is small, or whole, is exact: two
   * requests that differ by a few MiB must not read the same.
   */
  static String rounded(long bytes) {
    if (bytes < TEN_GIBI || bytes % (1L << GIBI) == 0 && bytes < 1L << TEBI) {
      return bytes < 1L << MEBI ? memory(bytes) : memory(bytes >> MEBI << MEBI);
    }
    int unit = bytes < 1L << TEBI ? GIBI : TEBI;
    return BigDecimal.valueOf(bytes)
            .divide(BigDecimal.valueOf(1L << unit), 1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + (unit == GIBI ? "Gi" : "Ti");
  }

  private static String decimal(long thousandths) {
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }
}
