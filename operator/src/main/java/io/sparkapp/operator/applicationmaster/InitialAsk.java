package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.ExecutorSpec;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.SparkAppSpec;

/** The executors that an application starts with, before its driver can ask for any. */
final class InitialAsk {

  private InitialAsk() {}

  static Ask of(SparkAppSpec spec) {
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
