package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.driver.RequestStatus.Bounds;
import io.sparkapp.driver.RequestStatus.Reclaim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResizingTest {

  /** Executors that leave as soon as they are given back. */
  private static final class FakePool implements Resizing.Pool {

    final Map<Integer, LiveExecutor> live = new TreeMap<>();
    final List<String> given = new ArrayList<>();
    int closerLooks;

    void registers(int id, int profile) {
      live.put(id, new LiveExecutor(Integer.toString(id), profile, true, true));
    }

    @Override
    public void askWithin(ExecutorBounds bounds) {
      given.add("asks for " + bounds.max());
    }

    @Override
    public Map<Integer, Integer> numbers() {
      return live.values().stream()
          .collect(Collectors.toMap(LiveExecutor::profile, each -> 1, Integer::sum));
    }

    @Override
    public Collection<LiveExecutor> live() {
      closerLooks++;
      return List.copyOf(live.values());
    }

    @Override
    public void giveBack(List<String> executors, String why) {
      given.add(executors + ": " + why);
      executors.forEach(id -> live.remove(Integer.valueOf(id)));
    }
  }

  private final FakePool pool = new FakePool();
  private final ManualScheduler thread = new ManualScheduler();
  private final Resizing resizing =
      new Resizing(
          new ExecutorBounds(new SparkConf(false).set("spark.executor.instances", "3")),
          pool,
          thread);

  @AfterEach
  void shutDown() {
    thread.shutdownNow();
  }

  @Test
  void theQueueTakesBackWhatIsBeyondTheTotalOnceHoweverOftenItSaysSo() {
    register(1, 2, 3);

    resizing.reclaim(List.of(new Reclaim(0, 2)));
    runAll();
    resizing.reclaim(List.of(new Reclaim(0, 2)));
    runAll();

    assertThat(pool.given).containsExactly("[3]: the queue takes them back");
    assertThat(pool.live).containsOnlyKeys(1, 2);
  }

  @Test
  void anExecutorThatComesInTooLateGoesAsWell() {
    register(1, 2);
    resizing.reclaim(List.of(new Reclaim(0, 2)));
    runAll();
    assertThat(pool.given).isEmpty();

    register(3);
    runAll();

    assertThat(pool.given).containsExactly("[3]: the queue takes them back");
  }

  @Test
  void onceTheQueueLeavesMoreOrTakesNothingBackOthersMayComeIn() {
    register(1, 2, 3);
    resizing.reclaim(List.of(new Reclaim(0, 1)));
    runAll();
    assertThat(pool.live).containsOnlyKeys(1);

    resizing.reclaim(List.of(new Reclaim(0, 2)));
    register(4);
    runAll();
    resizing.reclaim(List.of());
    register(5);
    runAll();

    assertThat(pool.live).containsOnlyKeys(1, 4, 5);
  }

  @Test
  void otherResourceProfilesAreLeftAlone() {
    register(1, 2);
    pool.registers(3, 7);
    pool.registers(4, 7);

    resizing.reclaim(List.of(new Reclaim(7, 0)));
    runAll();

    assertThat(pool.live).containsOnlyKeys(1, 2);
  }

  @Test
  void whatTheUserAllowsAndWhatTheQueueLeavesAreKeptBoth() {
    register(1, 2, 3);

    resizing.told(new Bounds(2, 2, 2));
    resizing.reclaim(List.of(new Reclaim(0, 1)));
    runAll();

    assertThat(pool.given)
        .containsExactly(
            "asks for 2",
            "[3]: the application is to have fewer executors",
            "[2]: the queue takes them back");
  }

  @Test
  void whoHoldsWhatIsLookedAtOnlyWhenSomebodyIsToGo() {
    register(1, 2);

    resizing.reclaim(List.of(new Reclaim(0, 2)));
    runAll();

    assertThat(pool.closerLooks).isZero();
  }

  private void register(int... ids) {
    for (int id : ids) {
      pool.registers(id, 0);
      resizing.registered();
    }
  }

  private void runAll() {
    while (!thread.delays().isEmpty()) {
      thread.runNext();
    }
  }
}
