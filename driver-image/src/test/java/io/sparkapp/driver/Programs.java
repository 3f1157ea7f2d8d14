package io.sparkapp.driver;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Programs that the drivers of {@link SparkBackendIT} run. */
final class Programs {

  private Programs() {}

  /** A shuffle; and what the executors know of the application. */
  public static final class Shuffle {
    public static void main(String[] args) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        System.out.println("sum: " + slowSum(context, 20, Long.parseLong(args[0])));
        System.out.println(
            "ids: "
                + context
                    .parallelize(List.of(1, 2, 3, 4), 4)
                    .map(number -> SparkEnv.get().conf().get("spark.app.id", "none"))
                    .distinct()
                    .collect());
      }
    }
  }

  /** Asks for one more executor while the API server does not answer. */
  public static final class Asking {
    public static void main(String[] args) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        System.out.println("started");
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        System.out.println("sum: " + slowSum(context, 8, 250));
        long before = System.nanoTime();
        spark.sparkContext().requestExecutors(1);
        System.out.println(
            "asked in ms: " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
        System.out.println("sum: " + slowSum(context, 40, 250));
      }
    }
  }

  /** A stage that wants other executors. */
  public static final class Profiles {
    public static void main(String[] args) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var profile =
            new ResourceProfileBuilder()
                .require(new ExecutorResourceRequests().cores(2).memory("600m"))
                .require(new TaskResourceRequests().cpus(2))
                .build();
        System.out.println(
            "sum: "
                + context
                    .parallelize(List.of(1L, 2L, 3L), 3)
                    .withResources(profile)
                    .map(number -> 2 * number)
                    .reduce(Long::sum));
      }
    }
  }

  /** Has no need of Spark. */
  public static final class Plain {
    public static void main(String[] args) {
      System.out.println("nothing to do");
    }
  }

  /** Throws before main begins. */
  public static final class BrokenFromTheStart {
    static final int YEARS = Integer.parseInt("many");

    public static void main(String[] args) {
      System.out.println(YEARS);
    }
  }

  /** Throws. */
  public static final class Throwing {
    public static void main(String[] args) {
      throw new IllegalStateException("no such year");
    }
  }

  /** Leaves by System.exit. */
  public static final class Exiting {
    public static void main(String[] args) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  /** Leaves a thread and a SparkContext behind. */
  public static final class LeavingAThreadBehind {
    public static void main(String[] args) {
      SparkContext context = SparkContext.getOrCreate();
      new Thread(
              () -> {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              })
          .start();
      System.out.println("main of " + context.appName() + " returns");
    }
  }

  private static long slowSum(JavaSparkContext context, int tasks, long millis) {
    return context
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .mapToPair(
            number -> {
              TimeUnit.MILLISECONDS.sleep(millis);
              return new Tuple2<>(number % 3, (long) number);
            })
        .reduceByKey(Long::sum, 3)
        .values()
        .reduce(Long::sum);
  }
}
