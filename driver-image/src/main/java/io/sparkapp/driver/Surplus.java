package io.sparkapp.driver;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** Who is to go when there are too many executors: those that the application misses least. */
final class Surplus {

  /**
   * Idle ones before those that run tasks, as no task waits for them; of both those that hold
   * nothing, as nothing has to be moved or computed again; of these the newest, which are warm the
   * least.
   */
  private static final Comparator<LiveExecutor> LEAST_MISSED_FIRST =
      Comparator.comparing(LiveExecutor::busy)
          .thenComparing(executor -> !executor.bare())
          .thenComparing(
              Comparator.comparingInt((LiveExecutor executor) -> Integer.parseInt(executor.id()))
                  .reversed());

  private Surplus() {}

  /**
   * @param mayStay how many of a ResourceProfile may stay
   * @return ids of those that are to go, by profile, the one that is missed least first
   */
  static List<String> of(Collection<LiveExecutor> live, IntUnaryOperator mayStay) {
    Map<Integer, List<LiveExecutor>> byProfile =
        live.stream()
            .collect(
                Collectors.groupingBy(LiveExecutor::profile, TreeMap::new, Collectors.toList()));
    return byProfile.entrySet().stream()
        .flatMap(
            profile ->
                profile.getValue().stream()
                    .sorted(LEAST_MISSED_FIRST)
                    .limit(beyond(profile.getValue().size(), mayStay, profile.getKey())))
        .map(LiveExecutor::id)
        .toList();
  }

  /**
   * Whether anybody is to go; needs no look at what each of them does.
   *
   * @param numbers how many there are, by ResourceProfile
   */
  static boolean isThere(Map<Integer, Integer> numbers, IntUnaryOperator mayStay) {
    return numbers.entrySet().stream()
        .anyMatch(profile -> beyond(profile.getValue(), mayStay, profile.getKey()) > 0);
  }

  private static int beyond(int number, IntUnaryOperator mayStay, int profile) {
    return Math.max(0, number - mayStay.applyAsInt(profile));
  }
}
