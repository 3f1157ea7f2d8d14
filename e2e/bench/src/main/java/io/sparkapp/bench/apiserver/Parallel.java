package io.sparkapp.bench.apiserver;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** As many calls at a time as the operator makes. */
final class Parallel {

  /** What SPARKAPP_PARALLEL_CALLS is when nobody sets it. */
  static final int CALLS = 32;

  private Parallel() {}

  /** Does it for 0 to count - 1, and returns when all are done. */
  static void times(int count, IntConsumer what) throws InterruptedException {
    times(count, CALLS, what);
  }

  /** The same, with fewer at a time. */
  static void times(int count, int atATime, IntConsumer what) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try {
      List<Callable<Void>> calls =
          IntStream.range(0, count)
              .<Callable<Void>>mapToObj(
                  number ->
                      () -> {
                        what.accept(number);
                        return null;
                      })
              .toList();
      for (Future<Void> each : threads.invokeAll(calls)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("One of the calls failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
