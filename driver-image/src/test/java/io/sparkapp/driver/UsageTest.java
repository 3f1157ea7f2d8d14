package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Map$;

class UsageTest {

  private final UsageMeter meter = new UsageMeter();
  private int looks;

  @Test
  void executorsAreCountedForAsLongAsTheyWereThere() {
    meter.onExecutorAdded(added("1", 10_000, 2));
    meter.onExecutorAdded(added("2", 20_000, 2));
    meter.onExecutorRemoved(new SparkListenerExecutorRemoved(70_000, "1", "gone"));
    meter.onExecutorRemoved(new SparkListenerExecutorRemoved(71_000, "1", "told twice"));

    Used.OfRole used = meter.used(80_000);

    assertThat(used.seconds()).isEqualTo(120);
    assertThat(used.slotSeconds()).isEqualTo(240);
    assertThat(used.count()).as("none has told of its memory").isZero();
    assertThat(used.heap()).isNull();
  }

  @Test
  void whatRanOutOfMemoryIsCountedByWhichMemory() {
    meter.ended("OOMKilled", 137);
    meter.ended("Error", 52);
    meter.ended("Error", 1);
    meter.ended("Killed", 137);

    assertThat(meter.used(0).oomKilled()).isEqualTo(1);
    assertThat(meter.used(0).heapFull()).isEqualTo(1);
  }

  @Test
  void itIsToldAtTheEndAndElseOnceInFiveMinutesAndLookedAtMoreOften() {
    UsageNews news =
        new UsageNews(
            new DriverMemory(),
            meter,
            () -> looks++,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            at(0));
    for (int second = 1; second < 300; second++) {
      assertThat(news.at(at(second), false)).isNull();
    }
    assertThat(looks).isEqualTo(9);

    Used first = news.at(at(300), false);
    assertThat(first.driver().seconds()).isEqualTo(300);
    assertThat(first.driver().heap()).isPositive();
    assertThat(news.at(at(301), false)).isSameAs(first);
    assertThat(news.at(at(302), true).driver().seconds()).isEqualTo(302);
  }

  @Test
  void theMostThatAProcessHadIsWhatItsKernelRemembers(@TempDir Path proc) throws IOException {
    Files.createDirectories(proc.resolve("17"));
    Files.writeString(
        proc.resolve("17/status"), "Name:\tpython3\nVmHWM:\t  204800 kB\nVmRSS:\t  1024 kB\n");

    DriverMemory memory = new DriverMemory(proc);

    assertThat(memory.peak(17)).isEqualTo(200L << 20);
    assertThat(memory.peak(18)).as("it has just ended").isZero();
    assertThat(memory.ofJvm().offHeapMebibytes()).isPositive();
  }

  @Test
  void aPeakIsTheMostOfEachKind() {
    MemoryPeak peak = new MemoryPeak(3 << 20, 1, -1).and(new MemoryPeak(2 << 20, 5 << 20, 0));

    assertThat(peak.heapMebibytes()).isEqualTo(3);
    assertThat(peak.offHeapMebibytes()).isEqualTo(5);
    assertThat(peak.besideMebibytes()).isZero();
    assertThat(MemoryPeak.NONE.besideMebibytes()).as("nobody looked").isNull();
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos() + Long.MAX_VALUE - 10_000_000_000L;
  }

  private static SparkListenerExecutorAdded added(String id, long time, int cores) {
    return new SparkListenerExecutorAdded(
        time, id, new ExecutorInfo("host", cores, Map$.MODULE$.empty()));
  }
}
