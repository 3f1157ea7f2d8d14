package io.sparkapp.examples;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Throws darts at a square and counts those in the circle. Argument: how many tasks (10). */
public final class Pi {

  private static final int DARTS_PER_TASK = 500_000;

  private Pi() {}

  public static void main(String[] args) throws IOException {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> seeds = IntStream.range(0, tasks).boxed().toList();
      long hits = context.parallelize(seeds, tasks).map(Pi::hits).reduce(Long::sum);
      System.out.println("Pi is roughly " + 4.0 * hits / ((double) tasks * DARTS_PER_TASK));
    }
  }

  private static long hits(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long hits = 0;
    for (int dart = 0; dart < DARTS_PER_TASK; dart++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      if (x * x + y * y <= 1) {
        hits++;
      }
    }
    return hits;
  }
}
