package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;

/** The executors that an application starts with, before its driver can ask for any. */
final class InitialAsk {

  private InitialAsk() {}

  /**
   * What the spec asks for.
   *
   * @throws UnusableSpecException when that is more memory than can be counted
   */
  static Ask of(SparkAppSpec spec) {
    try {
      return read(spec);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnusableSpecException(
          "The pod of an executor would request more memory than can be counted (spec.executor.memory is "
              + spec.executor().memory()
              + "): ask for less.",
          e);
    }
  }

  private static Ask read(SparkAppSpec spec) {
    ExecutorSpec executor = spec.executor();
    Memory heap = Memory.parse(executor.memory());
    return new Ask(
        0,
        executor.instances(),
        executor.cores(),
        heap.asSparkProperty(),
        MemoryOverhead.ofExecutor(spec)
            .plus(OffHeap.of(spec))
            .plus(LocalStorage.memory(spec))
            .asSparkProperty(),
        CustomResources.ofConf(Names.EXECUTOR, spec.sparkConf()));
  }
}
