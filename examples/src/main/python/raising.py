"""Raises, for those who want to see what is said of it."""
from pyspark.sql import SparkSession

with SparkSession.builder.getOrCreate() as spark:
    print(spark.range(10).count() / 0)
