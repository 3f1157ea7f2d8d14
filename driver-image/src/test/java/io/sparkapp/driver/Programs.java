package io.sparkapp.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages.RetrieveSparkAppConfig;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages.SparkAppConfig;
import org.apache.spark.shuffle.api.ShuffleDriverComponents;
import org.apache.spark.shuffle.sort.io.LocalDiskShuffleDataIO;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.RpcUtils;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Programs that the drivers of {@link SparkProcesses} run. */
final class Programs {

  /** Tasks do not sleep any more once there is such a file beside their working directories. */
  static final String AWAKE = "awake";

  private Programs() {}

  /** A shuffle; and what the executors know of the application. */
  public static final class Shuffle {
    public static void main(String[] args) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int tasks = args.length == 1 ? 20 : Integer.parseInt(args[1]);
        System.out.println("sum: " + slowSum(context, tasks, Long.parseLong(args[0])));
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

  /** Works, then rests until it is told to stop. */
  public static final class Resting {
    public static void main(String[] args) throws IOException, InterruptedException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        System.out.println(
            "sum: "
                + slowSum(
                    context,
                    args.length < 2 ? 60 : Integer.parseInt(args[1]),
                    args.length == 0 ? 500 : Long.parseLong(args[0])));
        System.out.println("rests");
        new CountDownLatch(1).await();
      }
    }
  }

  /**
   * Leaves a shuffle file with the second of three executors and a cached block with the third, and
   * rests until it is told to stop.
   */
  public static final class Holding {
    public static void main(String[] args) throws IOException, InterruptedException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaRDD<Integer> cached = on(spark, 3).cache();
        System.out.println("cached: " + cached.count());
        JavaPairRDD<Integer, Integer> shuffled =
            on(spark, 2).mapToPair(number -> new Tuple2<>(number, number)).reduceByKey(Math::max);
        System.out.println("shuffled: " + shuffled.count());
        System.out.println("rests");
        new CountDownLatch(1).await();
        // Until here they are in use: Spark cleans up after those that are not.
        System.out.println("held: " + cached.count() + shuffled.count());
      }
    }

    /** One partition, computed where that executor is. */
    private static JavaRDD<Integer> on(SparkSession spark, int executor) {
      Tuple2<Integer, Seq<String>> placed =
          new Tuple2<>(1, scala(List.of(SparkProcesses.address(executor))));
      return spark
          .sparkContext()
          .makeRDD(scala(List.of(placed)), ClassTag$.MODULE$.<Integer>apply(Integer.class))
          .toJavaRDD();
    }

    private static <T> Seq<T> scala(List<T> list) {
      return CollectionConverters.asScala(list).toSeq();
    }
  }

  /** Its tasks fail on the first two executors, which share a node. */
  public static final class FailingOnNodeOne {
    public static void main(String[] args) throws IOException {
      try (SparkSession spark = SparkSession.builder().getOrCreate()) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int sum =
            context
                .parallelize(IntStream.range(0, 40).boxed().toList(), 40)
                .map(
                    number -> {
                      TimeUnit.MILLISECONDS.sleep(100);
                      if (Integer.parseInt(SparkEnv.get().executorId()) <= 2) {
                        throw new IllegalStateException("a bad disk");
                      }
                      return number;
                    })
                .reduce(Integer::sum);
        System.out.println("sum: " + sum);
        List<String> hosts = IntStream.rangeClosed(1, 4).mapToObj(SparkProcesses::address).toList();
        TaskSchedulerImpl scheduler = (TaskSchedulerImpl) spark.sparkContext().taskScheduler();
        System.out.println(
            "racks: "
                + CollectionConverters.asJava(
                        scheduler.getRacksForHosts(CollectionConverters.asScala(hosts).toSeq()))
                    .stream()
                    .map(rack -> rack.get())
                    .toList());
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

  /** Prints what an executor was told that asked before the configuration was whole. */
  public static final class AskingEarly {
    public static void main(String[] args) throws IOException {
      SparkContext context = SparkContext.getOrCreate();
      System.out.println("told: " + ConfiguredLate.answer.join());
      context.stop();
    }
  }

  /**
   * Adds to the configuration when Spark's endpoint is there already, and asks that endpoint at
   * this very moment what an executor would ask.
   */
  public static final class ConfiguredLate extends LocalDiskShuffleDataIO
      implements ShuffleDriverComponents {

    private static CompletableFuture<String> answer;

    public ConfiguredLate(SparkConf conf) {
      super(conf);
    }

    @Override
    public ShuffleDriverComponents driver() {
      return this;
    }

    @Override
    public Map<String, String> initializeApplication() {
      answer = CompletableFuture.supplyAsync(ConfiguredLate::ask);
      boolean tooEarly;
      try {
        answer.get(2, TimeUnit.SECONDS);
        tooEarly = true;
      } catch (TimeoutException e) {
        tooEarly = false;
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
      System.out.println("answered too early: " + tooEarly);
      return Map.of("late", "yes");
    }

    @Override
    public void cleanupApplication() {
      System.out.println("cleaned up");
    }

    private static String ask() {
      RpcEndpointRef endpoint =
          RpcUtils.makeDriverRef(
              "CoarseGrainedScheduler", SparkEnv.get().conf(), SparkEnv.get().rpcEnv());
      SparkAppConfig config =
          endpoint.askSync(
              new RetrieveSparkAppConfig(0), ClassTag$.MODULE$.apply(SparkAppConfig.class));
      return CollectionConverters.asJava(config.sparkProperties()).stream()
          .filter(property -> property._1().endsWith(".late") || property._1().endsWith("pt.id"))
          .map(property -> property._1() + "=" + property._2())
          .sorted()
          .toList()
          .toString();
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
              if (!Files.exists(Path.of("..", AWAKE))) {
                TimeUnit.MILLISECONDS.sleep(millis);
              }
              return new Tuple2<>(number % 3, (long) number);
            })
        .reduceByKey(Long::sum, 3)
        .values()
        .reduce(Long::sum);
  }
}
