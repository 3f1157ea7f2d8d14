package io.sparkapp.examples;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** A program with a fault. */
public final class Throwing {

  private Throwing() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      throw new IllegalStateException("no flights in " + spark.sparkContext().appName());
    }
  }
}
