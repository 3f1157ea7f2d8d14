"""The aggregates of examples/python.yaml by pandas: of the same CSV file, without Spark.

Argument: rows to write.
"""
import os
import sys
import tempfile

import flights
import pandas


def main():
    path = os.path.join(tempfile.mkdtemp(), "flights.csv")
    flights.write(path, int(sys.argv[1]))
    table = pandas.read_csv(path)
    table["late"] = table["delay"] > 15
    result = table.groupby("carrier").agg(
        flights=("flight", "count"), delay=("delay", "mean"), distance=("distance", "max"), late=("late", "sum")
    )
    for carrier, row in result.sort_index().iterrows():
        print(f"{carrier},{row.flights:.0f},{row.delay:.4f},{row.distance:.0f},{row.late:.0f}")


if __name__ == "__main__":
    main()
