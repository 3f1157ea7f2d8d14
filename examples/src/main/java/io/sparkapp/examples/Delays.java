package io.sparkapp.examples;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Asks of made-up flights how many carriers are how late on the average: one job of three stages,
 * by flight, by carrier and by delay. Arguments: how many parts there are of a thousand flights
 * each (20), and how long it takes to read one, in milliseconds (300).
 */
public final class Delays {

  private static final int FLIGHTS = 1000;
  private static final int CARRIERS = 12;
  private static final int LONGEST = 61;

  private Delays() {}

  public static void main(String[] args) throws IOException {
    int parts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    long millis = args.length > 1 ? Long.parseLong(args[1]) : 300;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
      context
          .parallelize(numbers, parts)
          .flatMapToPair(
              part -> {
                TimeUnit.MILLISECONDS.sleep(millis);
                return IntStream.range(part * FLIGHTS, (part + 1) * FLIGHTS)
                    .mapToObj(
                        flight -> new Tuple2<>(carrier(flight), new Tuple2<>(1L, delay(flight))))
                    .iterator();
              })
          .reduceByKey(
              (one, other) -> new Tuple2<>(one._1() + other._1(), one._2() + other._2()), 8)
          .mapToPair(
              carrier -> {
                TimeUnit.MILLISECONDS.sleep(millis);
                return new Tuple2<>(carrier._2()._2() / carrier._2()._1(), 1L);
              })
          .reduceByKey(Long::sum, 4)
          .collect()
          .stream()
          .sorted(Comparator.comparing(Tuple2::_1))
          .forEach(
              late -> System.out.println("carriers late by " + late._1() + " min: " + late._2()));
    }
  }

  private static int carrier(int flight) {
    return flight % CARRIERS;
  }

  /** In minutes; the carriers with higher numbers are the later ones. */
  private static long delay(int flight) {
    return flight * 7 % LONGEST + carrier(flight) / 3 * 5;
  }
}
