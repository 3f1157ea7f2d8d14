package io.sparkapp.examples;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Queries over sales that are made up, the same each time: joins, aggregates, windows, sorts. */
final class Queries {

  private static final long SALES = 2_000_000;
  private static final long CUSTOMERS = 200_000;
  private static final long ITEMS = 5_000;

  /** Each answers with one number. */
  private static final List<String> ALL =
      List.of(
          // Both sides are shuffled and sorted; a running sum for each region.
          """
          select sum(pmod(so_far, 1000003)) from (
            select sum(amount) over (partition by region order by day) as so_far from (
              select /*+ merge(customers) */ region, day, sum(amount) as amount
              from sales join customers using (customer) group by region, day))
          """,
          // One side is broadcast; the best items of each kind.
          """
          select sum(amount * place) from (
            select amount, rank() over (partition by kind order by amount desc, item) as place from (
              select kind, item, sum(amount) as amount
              from sales join items using (item) group by kind, item))
          where place <= 10
          """,
          // Different customers of each item.
          """
          select sum(customers * item) from (
            select item, count(distinct customer) as customers from sales group by item)
          """,
          // Each customer's largest sales, which sorts all of them.
          """
          select sum(pmod(hash(upper(name), amount), 1000003)) from (
            select /*+ merge(customers) */ name, amount,
              row_number() over (partition by name order by amount desc, id) as place
            from sales join customers using (customer))
          where place <= 3
          """);

  private Queries() {}

  /** Asks all of them of the sales of one round. */
  static long round(SparkSession spark, int round) {
    spark
        .range(round * SALES, (round + 1) * SALES)
        .selectExpr(
            "id",
            "pmod(hash(id), " + CUSTOMERS + ") as customer",
            "pmod(hash(id, 1), " + ITEMS + ") as item",
            "pmod(hash(id, 2), 365) as day",
            "pmod(hash(id, 3), 10000) as amount")
        .createOrReplaceTempView("sales");
    spark
        .range(CUSTOMERS)
        .selectExpr(
            "cast(id as int) as customer",
            "pmod(hash(id), 25) as region",
            "concat('customer ', id) as name")
        .createOrReplaceTempView("customers");
    spark
        .range(ITEMS)
        .selectExpr("cast(id as int) as item", "pmod(hash(id), 40) as kind")
        .createOrReplaceTempView("items");
    return ALL.stream().mapToLong(query -> spark.sql(query).head().getLong(0)).sum();
  }
}
