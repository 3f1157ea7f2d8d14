package io.sparkapp.examples;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Counts the words (runs of the letters a to z, without regard to case) of all files in a directory
 * that driver and executors both have. Argument: the directory.
 */
public final class WordCount {

  private static final int MOST_FREQUENT = 10;

  private WordCount() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      JavaPairRDD<String, Long> counts =
          context
              .textFile(args[0])
              .flatMap(line -> words(line).iterator())
              .mapToPair(word -> new Tuple2<>(word, 1L))
              .reduceByKey(Long::sum)
              .cache();
      System.out.println("total words: " + counts.values().fold(0L, Long::sum));
      System.out.println("different words: " + counts.count());
      counts
          .mapToPair(Tuple2::swap)
          .sortByKey(false)
          .take(MOST_FREQUENT)
          .forEach(count -> System.out.println(count._2() + ": " + count._1()));
    }
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^a-z]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
