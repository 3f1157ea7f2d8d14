package io.sparkapp.examples;

import org.apache.spark.sql.SparkSession;

/** A program that leaves by System.exit while Spark runs. Argument: the exit code. */
public final class Exiting {

  private Exiting() {}

  public static void main(String[] args) {
    SparkSession.builder().getOrCreate();
    System.exit(Integer.parseInt(args[0]));
  }
}
