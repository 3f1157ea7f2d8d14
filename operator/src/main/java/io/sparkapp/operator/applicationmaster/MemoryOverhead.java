package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.Memory;

/** Memory of a pod beyond the JVM's heap, as Spark computes it ({@code ResourceProfile.scala}). */
final class MemoryOverhead {

  private static final Memory MINIMUM = Memory.ofMebibytes(384);
  private static final double FACTOR = 0.1;

  private MemoryOverhead() {}

  /**
   * @param written the user's own figure, or null
   */
  static Memory of(Memory heap, String written) {
    if (written != null) {
      return Memory.parse(written);
    }
    Memory share = Memory.ofMebibytes((long) (heap.mebibytes() * FACTOR));
    return share.compareTo(MINIMUM) > 0 ? share : MINIMUM;
  }
}
