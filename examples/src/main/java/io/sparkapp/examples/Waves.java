package io.sparkapp.examples;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Works, rests and works again, so that executors come and go; what they shuffled must outlive
 * them. Arguments: how many tasks (40), how long each takes in milliseconds (1000), and with how
 * many executors the rest ends (1).
 */
public final class Waves {

  private static final int GROUPS = 8;
  private static final int LONGEST_REST_SECONDS = 120;

  private Waves() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    long millis = args.length > 1 ? Long.parseLong(args[1]) : 1000;
    int atRest = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      LongAccumulator computed = spark.sparkContext().longAccumulator("computed");
      List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
      JavaPairRDD<Integer, Long> groups =
          context
              .parallelize(numbers, tasks)
              .mapToPair(
                  number -> {
                    TimeUnit.MILLISECONDS.sleep(millis);
                    computed.add(1);
                    return new Tuple2<>(number % GROUPS, 1L);
                  })
              .reduceByKey(Long::sum, GROUPS);

      long first = groups.values().reduce(Long::sum);
      System.out.println("first wave: " + first + " with " + executors(context) + " executors");
      for (int second = 0; executors(context) > atRest; second++) {
        if (second == LONGEST_REST_SECONDS) {
          throw new IllegalStateException(executors(context) + " executors would not go");
        }
        TimeUnit.SECONDS.sleep(1);
      }
      System.out.println("at rest: " + executors(context) + " executors");
      long second = groups.values().reduce(Long::sum);
      System.out.println("second wave: " + second);
      System.out.println("computed again: " + (computed.value() - tasks));
    }
  }

  /** Those that have registered, without the driver. */
  private static int executors(JavaSparkContext context) {
    return context.sc().statusTracker().getExecutorInfos().length - 1;
  }
}
