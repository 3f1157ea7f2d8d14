package io.sparkapp.examples;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Two stages of one job, each on executors of its own size: small ones prepare, and large ones with
 * two cores and more memory, and with an accelerator where there is one, train. Prints what each
 * stage's tasks found. Arguments, if the large ones are to have an accelerator: its vendor, its
 * name, and the script that finds its address in a pod ({@code example.com gpu /path/script}).
 */
public final class ResourceProfiles {

  private static final int TASKS = 6;
  private static final int GROUPS = 3;

  private ResourceProfiles() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> numbers = IntStream.range(0, TASKS).boxed().toList();
      JavaRDD<String> prepared =
          context
              .parallelize(numbers, TASKS)
              .mapToPair(number -> new Tuple2<>(number % GROUPS, found("prepared")))
              .reduceByKey((one, other) -> one, GROUPS)
              .values()
              .withResources(large(args))
              .map(what -> what + "; " + found("trained"));
      new TreeMap<>(prepared.countByValue())
          .forEach((what, times) -> System.out.println(times + " times: " + what));
    }
  }

  private static ResourceProfile large(String[] args) {
    ExecutorResourceRequests executor =
        new ExecutorResourceRequests().cores(2).memory("768m").memoryOverhead("512m");
    TaskResourceRequests task = new TaskResourceRequests().cpus(2);
    if (args.length > 2) {
      executor.resource(args[1], 1, args[2], args[0]);
      task.resource(args[1], 1);
    }
    return new ResourceProfileBuilder().require(executor).require(task).build();
  }

  /** What a task has: cores and memory of its executor, and addresses of accelerators. */
  private static String found(String did) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
    StringBuilder accelerators = new StringBuilder();
    TaskContext.get()
        .resourcesJMap()
        .forEach(
            (name, information) ->
                accelerators
                    .append(", ")
                    .append(name)
                    .append(" at ")
                    .append(String.join(" and ", information.addresses())));
    return did
        + " with "
        + TaskContext.get().cpus()
        + " cpus, heap "
        + SparkEnv.get().conf().get("spark.executor.memory")
        + accelerators;
  }
}
