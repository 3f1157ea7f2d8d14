package io.sparkapp.bench.firsttask;

import io.sparkapp.bench.apiserver.Results;
import java.util.List;

/**
 * On the local cluster: ours, spark-submit's and, if it is wanted, spark-submit's with the JVM
 * options that ours has.
 */
public final class FirstTaskBench {

  private FirstTaskBench() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    try (ProductCluster cluster = ProductCluster.start()) {
      SparkSubmit plain = SparkSubmit.plain(cluster);
      new ByTurns("first-task", "")
          .measure(
              new SparkApps(cluster),
              Results.alikeToo()
                  ? List.of(plain, SparkSubmit.withOurJvmOptions(cluster))
                  : List.of(plain));
    }
  }
}
