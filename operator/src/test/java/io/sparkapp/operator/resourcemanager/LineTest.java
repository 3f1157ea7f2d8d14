package io.sparkapp.operator.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Reclaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTest {

  private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");
  private static final Resources CORE = new Resources(1000, 1L << 30);

  private static final Resources GPU =
      new Resources(1000, 1L << 30, new TreeMap<>(Map.of("nvidia.com/gpu", 1L)));

  /** So much that a sum with it can not be counted. */
  private static final Resources BEYOND = new Resources(Long.MAX_VALUE / 4, 1);

  @Test
  void aLineThatIsChangedManyTimesIsTheOneThatIsMadeAtOnce() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TreeMap<Integer, Application> there = new TreeMap<>();
      Line line = Line.EMPTY;
      for (int step = 0; step < 40; step++) {
        if (random.nextInt(4) == 0 && !there.isEmpty()) {
          Integer number = there.ceilingKey(random.nextInt(there.lastKey() + 1));
          line = line.without(there.remove(number));
        } else {
          List<Application> changed =
              IntStream.range(0, random.nextInt(10) == 0 ? 12 : 1)
                  .mapToObj(each -> application(random.nextInt(20), random))
                  .toList();
          changed = distinct(changed);
          line = line.with(changed);
          changed.forEach(each -> there.put(Integer.parseInt(each.id().name()), each));
        }
        assertThat(told(line))
            .as("seed %d, step %d", seed, step)
            .isEqualTo(told(Line.of(List.copyOf(there.values()))));
      }
    }
  }

  private static List<Application> distinct(List<Application> applications) {
    TreeMap<String, Application> byName = new TreeMap<>();
    applications.forEach(each -> byName.put(each.id().name(), each));
    return new ArrayList<>(byName.values());
  }

  private static List<Object> told(Line line) {
    return List.of(
        line.applications(),
        line.hungry(),
        line.waiting(),
        line.moving(),
        line.giving(),
        line.used(),
        line.leaving(),
        line.drivers(),
        line.least(),
        line.running());
  }

  private static Application application(int number, Random random) {
    int wanted = random.nextInt(4);
    int granted = random.nextInt(wanted + 1);
    Optional<Reclaim> reclaim =
        granted > 0 && random.nextInt(4) == 0
            ? Optional.of(new Reclaim(granted - 1, MORNING))
            : Optional.empty();
    Ask ask =
        new Ask(0, random.nextInt(5) == 0 ? GPU : CORE, wanted, granted, granted, 0, 0, reclaim);
    boolean admitted = random.nextBoolean();
    return Application.of(
        new ApplicationDemand(
            new ApplicationId("jobs", Integer.toString(number)),
            "a",
            random.nextBoolean() ? Optional.of("b") : Optional.empty(),
            Optional.empty(),
            number % 3,
            MORNING.plusSeconds(number / 2),
            random.nextInt(30) == 0 ? BEYOND : CORE,
            0,
            List.of(ask),
            admitted));
  }
}
