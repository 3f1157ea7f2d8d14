package io.sparkapp.examples;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Counts its own tasks over a shuffle, slowly enough for something to happen meanwhile. Arguments:
 * how many tasks (20), and how long each takes in milliseconds (500).
 */
public final class SlowCount {

  private static final int GROUPS = 4;

  private SlowCount() {}

  public static void main(String[] args) throws IOException {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    long millis = args.length > 1 ? Long.parseLong(args[1]) : 500;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
      long count =
          context
              .parallelize(numbers, tasks)
              .mapToPair(
                  number -> {
                    TimeUnit.MILLISECONDS.sleep(millis);
                    return new Tuple2<>(number % GROUPS, 1L);
                  })
              .reduceByKey(Long::sum)
              .values()
              .reduce(Long::sum);
      System.out.println("count: " + count);
    }
  }
}
