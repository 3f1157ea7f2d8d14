package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;

/** Memory of a pod beyond the JVM's heap, as Spark computes it ({@code ResourceProfile.scala}). */
final class MemoryOverhead {

  private static final Memory MINIMUM = Memory.ofMebibytes(384);
  private static final double FACTOR = 0.1;
  private static final String NUMBER = "[0-9]{1,9}([.][0-9]{1,9})?|[.][0-9]{1,9}";
  private static final String SIZE = "[0-9]{1,9}[mg]?";

  /** Python's and R's processes are beside the JVM ({@code NON_JVM_MEMORY_OVERHEAD_FACTOR}). */
  private static final double NON_JVM_FACTOR = 0.4;

  private MemoryOverhead() {}

  /** What the driver's pod gets beyond its heap. */
  static Memory ofDriver(SparkAppSpec spec) {
    Memory heap = Memory.parse(spec.driver().memory());
    return of(heap, spec.driver().memoryOverhead(), Names.DRIVER, spec);
  }

  /** What an executor's pod of the default profile gets beyond its heap. */
  static Memory ofExecutor(SparkAppSpec spec) {
    Memory heap = Memory.parse(spec.executor().memory());
    return of(heap, spec.executor().memoryOverhead(), Names.EXECUTOR, spec);
  }

  /** The share of an executor's heap that is added where nobody says how much. */
  static double ofExecutors(SparkAppSpec spec) {
    return factor(Names.EXECUTOR, spec);
  }

  private static double factor(String role, SparkAppSpec spec) {
    String written = spec.sparkConf().get("spark." + role + ".memoryOverheadFactor");
    // What is no number is for Spark to refuse, in the driver.
    return written != null && written.matches(NUMBER)
        ? Double.parseDouble(written)
        : spec.besideTheJvm() ? NON_JVM_FACTOR : FACTOR;
  }

  private static Memory of(Memory heap, String written, String role, SparkAppSpec spec) {
    if (written != null) {
      return Memory.parse(written);
    }
    Memory share = Memory.ofMebibytes((long) (heap.mebibytes() * factor(role, spec)));
    Memory least = minimum(spec.sparkConf().get("spark." + role + ".minMemoryOverhead"));
    return share.compareTo(least) > 0 ? share : least;
  }

  /** A bare number is MiB to Spark. */
  private static Memory minimum(String written) {
    if (written == null || !written.matches(SIZE)) {
      return MINIMUM;
    }
    return written.matches("[0-9]+")
        ? Memory.ofMebibytes(Long.parseLong(written))
        : Memory.parse(written);
  }
}
