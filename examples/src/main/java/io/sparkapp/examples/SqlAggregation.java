package io.sparkapp.examples;

import java.io.IOException;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a table of flights as Parquet and aggregates it with SQL. Arguments: a directory that
 * driver and executors share, and the number of flights (200000).
 */
public final class SqlAggregation {

  private SqlAggregation() {}

  public static void main(String[] args) throws IOException {
    long flights = args.length > 1 ? Long.parseLong(args[1]) : 200_000;
    String table = args[0] + "/flights.parquet";
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .range(flights)
          .selectExpr(
              "id",
              "element_at(array('AA', 'BA', 'LH', 'UA'), cast(id % 4 + 1 as int)) as carrier",
              "cast(id % 60 as int) as delay")
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(table);
      spark.read().parquet(table).createOrReplaceTempView("flights");
      spark
          .sql(
              "select carrier, count(*) as flights, sum(delay) as delay from flights"
                  + " group by carrier order by carrier")
          .collectAsList()
          .forEach(
              row ->
                  System.out.println(
                      row.getString(0)
                          + ": "
                          + row.getLong(1)
                          + " flights, "
                          + row.getLong(2)
                          + " minutes late"));
    }
  }
}
