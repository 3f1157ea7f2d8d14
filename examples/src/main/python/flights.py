"""Aggregates a CSV file by a column, over a shuffle.

Arguments: rows to write (300000), then nothing or the folder to keep the file in. The rows are the same each time, so that
another program can compute the same and compare.
"""
import csv
import os
import sys
import tempfile

from pyspark.sql import SparkSession, functions as f

CARRIERS = ["AA", "B6", "DL", "EV", "MQ", "UA", "US", "WN"]


def rows(count):
    """Delays that look like chance and are none."""
    state = 42
    for number in range(count):
        state = (state * 1103515245 + 12345) % 2147483648
        yield number, CARRIERS[(state >> 8) % len(CARRIERS)], (state >> 12) % 240 - 60, (state >> 4) % 3000 + 50


def write(path, count):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["flight", "carrier", "delay", "distance"])
        writer.writerows(rows(count))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300000
    folder = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    path = os.path.join(folder, "flights.csv")
    write(path, count)
    with SparkSession.builder.getOrCreate() as spark:
        # The executors may be on other machines: what the driver read is what is shared out.
        with open(path, newline="") as file:
            flights = spark.createDataFrame(
                spark.sparkContext.parallelize(list(csv.reader(file))[1:], 8),
                "flight string, carrier string, delay string, distance string",
            ).select("carrier", f.col("delay").cast("int"), f.col("distance").cast("int"))
        late = f.udf(lambda delay: delay > 15, "boolean")
        result = (
            flights.groupBy("carrier")
            .agg(
                f.count("*").alias("flights"),
                f.round(f.avg("delay"), 4).alias("delay"),
                f.max("distance").alias("distance"),
                f.sum(late("delay").cast("int")).alias("late"),
            )
            .orderBy("carrier")
        )
        for row in result.collect():
            print(f"{row.carrier},{row.flights},{row.delay:.4f},{row.distance},{row.late}")


if __name__ == "__main__":
    main()
