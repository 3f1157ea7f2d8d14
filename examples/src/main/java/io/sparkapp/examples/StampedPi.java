package io.sparkapp.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Throws darts as {@link Pi} does, and each task first leaves a file with the time at which it
 * runs. Arguments: how many tasks; a directory that all executors see, from the root on but without
 * the first slash: the local cluster would take it for a path in the image.
 */
public final class StampedPi {

  private static final int DARTS_PER_TASK = 500_000;

  private StampedPi() {}

  public static void main(String[] args) throws IOException {
    int tasks = Integer.parseInt(args[0]);
    String directory = "/" + args[1];
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> seeds = IntStream.range(0, tasks).boxed().toList();
      long hits =
          context.parallelize(seeds, tasks).map(seed -> hits(seed, directory)).reduce(Long::sum);
      System.out.println("Pi is roughly " + 4.0 * hits / ((double) tasks * DARTS_PER_TASK));
    }
  }

  private static long hits(int seed, String directory) {
    try {
      Files.writeString(Path.of(directory, Integer.toString(seed)), Instant.now().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
