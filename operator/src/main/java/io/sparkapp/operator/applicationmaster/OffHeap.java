package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Memory of an executor that Spark uses outside the JVM's heap and does not count as overhead
 * ({@code ResourceProfile.getResourcesForClusterManager}).
 */
final class OffHeap {

  private static final String ENABLED = "spark.memory.offHeap.enabled";
  private static final String SIZE = "spark.memory.offHeap.size";
  private static final String PYSPARK = "spark.executor.pyspark.memory";

  private static final int MEBIBYTE = 20;
  private static final Memory NONE = Memory.ofMebibytes(0);

  private OffHeap() {}

  /** None where a property can not be understood: {@link #check} says so. */
  static Memory of(SparkAppSpec spec) {
    return sizes(spec).values().stream().flatMap(Optional::stream).reduce(NONE, Memory::plus);
  }

  /**
   * @throws UnusableSpecException naming the property that is no amount of memory
   */
  static void check(SparkAppSpec spec) {
    sizes(spec)
        .forEach(
            (key, size) -> {
              if (size.isEmpty()) {
                throw new UnusableSpecException(
                    "sparkConf sets "
                        + key
                        + " to \""
                        + spec.sparkConf().get(key)
                        + "\", which is no amount of memory.");
              }
            });
  }

  private static Map<String, Optional<Memory>> sizes(SparkAppSpec spec) {
    Map<String, String> conf = spec.sparkConf();
    Map<String, Optional<Memory>> sizes = new TreeMap<>();
    // A bare number is bytes to the one and MiB to the other of Spark's own properties.
    if (Boolean.parseBoolean(conf.get(ENABLED)) && conf.containsKey(SIZE)) {
      sizes.put(SIZE, parse(conf.get(SIZE), 0));
    }
    if (spec.inPython() && conf.containsKey(PYSPARK)) {
      sizes.put(PYSPARK, parse(conf.get(PYSPARK), MEBIBYTE));
    }
    return sizes;
  }

  private static Optional<Memory> parse(String text, int bareShift) {
    String size = text.strip().toLowerCase(Locale.ROOT);
    try {
      return Optional.of(
          size.matches("[0-9]+")
              ? new Memory(Math.multiplyExact(Long.parseLong(size), 1L << bareShift))
              : Memory.parse(size));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
