package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;

/** Memory of a pod beyond the JVM's heap, as Spark computes it ({@code ResourceProfile.scala}). */
final class MemoryOverhead {

  private static final Memory MINIMUM = Memory.ofMebibytes(384);
  private static final double FACTOR = 0.1;

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
    String key = "spark." + role + ".memoryOverheadFactor";
    String written = spec.sparkConf().get(key);
    if (written == null) {
      return spec.besideTheJvm() ? NON_JVM_FACTOR : FACTOR;
    }
    try {
      return Double.parseDouble(written);
    } catch (NumberFormatException e) {
      throw new UnusableSpecException(key + " is a number such as 0.2, not " + written + ".");
    }
  }

  private static Memory of(Memory heap, String written, String role, SparkAppSpec spec) {
    if (written != null) {
      return Memory.parse(written);
    }
    String least = spec.sparkConf().get("spark." + role + ".minMemoryOverhead");
    Memory minimum = least == null ? MINIMUM : Memory.parse(least);
    Memory share = Memory.ofMebibytes((long) (heap.mebibytes() * factor(role, spec)));
    return share.compareTo(minimum) > 0 ? share : minimum;
  }
}
