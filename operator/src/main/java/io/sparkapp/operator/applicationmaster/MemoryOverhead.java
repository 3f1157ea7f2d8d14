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
    return of(heap, spec.driver().memoryOverhead(), spec);
  }

  /** What an executor's pod of the default profile gets beyond its heap. */
  static Memory ofExecutor(SparkAppSpec spec) {
    Memory heap = Memory.parse(spec.executor().memory());
    return of(heap, spec.executor().memoryOverhead(), spec);
  }

  /** The share of the heap that is added where nobody says how much. */
  static double factor(SparkAppSpec spec) {
    return spec.besideTheJvm() ? NON_JVM_FACTOR : FACTOR;
  }

  private static Memory of(Memory heap, String written, SparkAppSpec spec) {
    if (written != null) {
      return Memory.parse(written);
    }
    Memory share = Memory.ofMebibytes((long) (heap.mebibytes() * factor(spec)));
    return share.compareTo(MINIMUM) > 0 ? share : MINIMUM;
  }
}
