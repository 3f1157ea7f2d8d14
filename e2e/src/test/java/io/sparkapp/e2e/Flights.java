package io.sparkapp.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What {@code examples/python.yaml} has to print, computed without Spark and without Python. */
public final class Flights {

  private static final List<String> CARRIERS =
      List.of("AA", "B6", "DL", "EV", "MQ", "UA", "US", "WN");
  private static final int LATE = 15;

  private long flights;
  private long delay;
  private long distance;
  private long late;

  private Flights() {}

  /** One line for each carrier, of this many rows. */
  public static List<String> aggregated(int rows) {
    Map<String, Flights> byCarrier = new TreeMap<>();
    long state = 42;
    for (int row = 0; row < rows; row++) {
      state = (state * 1103515245L + 12345L) % 2147483648L;
      byCarrier
          .computeIfAbsent(CARRIERS.get((int) (state >> 8) % CARRIERS.size()), c -> new Flights())
          .add((state >> 12) % 240 - 60, (state >> 4) % 3000 + 50);
    }
    List<String> lines = new ArrayList<>();
    byCarrier.forEach((carrier, all) -> lines.add(all.line(carrier)));
    return lines;
  }

  private void add(long minutes, long miles) {
    flights++;
    delay += minutes;
    distance = Math.max(distance, miles);
    late += minutes > LATE ? 1 : 0;
  }

  private String line(String carrier) {
    return String.format(
        Locale.ROOT,
        "%s,%d,%.4f,%d,%d",
        carrier,
        flights,
        (double) delay / flights,
        distance,
        late);
  }
}
