package io.sparkapp.driver;

/**
 * The most memory of each kind that was seen, in bytes.
 *
 * @param heap of the JVM's heap, garbage included
 * @param offHeap of the JVM beyond its heap
 * @param beside of processes beside the JVM; negative when nobody has looked
 */
record MemoryPeak(long heap, long offHeap, long beside) {

  static final MemoryPeak NONE = new MemoryPeak(0, 0, -1);

  private static final int MEBIBYTE = 20;

  /** The more of both. */
  MemoryPeak and(MemoryPeak other) {
    return new MemoryPeak(
        Math.max(heap, other.heap),
        Math.max(offHeap, other.offHeap),
        Math.max(beside, other.beside));
  }

  long heapMebibytes() {
    return mebibytes(heap);
  }

  long offHeapMebibytes() {
    return mebibytes(offHeap);
  }

  Long besideMebibytes() {
    return beside < 0 ? null : mebibytes(beside);
  }

  private static long mebibytes(long bytes) {
    return bytes + (1L << MEBIBYTE) - 1 >> MEBIBYTE;
  }
}
