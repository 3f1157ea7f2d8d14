package io.sparkapp.examples;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * Fails in its first attempts and counts in the next, as a program whose database is away for a
 * while. Argument: how many attempts fail (1).
 */
public final class Flaky {

  private Flaky() {}

  public static void main(String[] args) throws IOException {
    int failing = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      String id = spark.sparkContext().applicationId();
      int attempt = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
      if (attempt <= failing) {
        throw new IllegalStateException("The database is away in attempt " + attempt);
      }
      System.out.println("attempt " + attempt + " counts " + spark.range(1000).count());
    }
  }
}
