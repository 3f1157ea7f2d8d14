package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.Progress;
import io.sparkapp.crds.StageNode;
import io.sparkapp.crds.StageState;
import io.sparkapp.crds.Usage;
import io.sparkapp.crds.Used;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightSizingTest {

  private static final String JAR =
      """
      main: {jar: "local:///opt/app.jar", class: com.acme.Main}
      driver: {memory: 2g}
      executor: {instances: 4, cores: 2, memory: 4g%s}
      """;
  private static final String IN_JAVA = JAR.formatted("");
  private static final String IN_PYTHON =
      """
      main: {python: "local:///opt/app.py"}
      executor: {instances: 4, cores: 2, memory: 4g%s}
      """;

  private static final Used.OfRole DRIVER = driver(600, 900, 200, 0);
  private static final Used.OfRole WORKING = executor(1310, 210, null, 4000, 3000, 100);

  @Test
  void saysWhatWasAskedForWhatWasUsedWhatWouldDoAndWhatThatSaves() {
    Usage.OfRole executor = usage(IN_JAVA, WORKING).executor();

    assertThat(executor.asked()).isEqualTo(new Usage.Size("4096Mi", "409Mi", "2"));
    assertThat(executor.peak()).isEqualTo(new Usage.Peak("1310Mi", "210Mi", null, "1500m"));
    assertThat(executor.wouldDo()).isEqualTo(new Usage.Size("1792Mi", "409Mi", "2"));
    assertThat(executor.sentence())
        .isEqualTo(
            "An executor used at most 1310Mi of 4096Mi heap, 210Mi of 409Mi beyond it, CPU 1500m of"
                + " 2 while tasks ran. memory: 1792Mi would do, which saves 2.3 GiB of 4.4 GiB"
                + " memory (51 %).");
  }

  @Test
  void theDriverIsSizedTooAndItsCpuIsLeftAlone() {
    Usage.OfRole driver = usage(IN_JAVA, WORKING).driver();

    assertThat(driver.asked()).isEqualTo(new Usage.Size("2048Mi", "384Mi", null));
    assertThat(driver.wouldDo()).isEqualTo(new Usage.Size("1280Mi", "384Mi", null));
    assertThat(driver.sentence())
        .isEqualTo(
            "The driver used at most 900Mi of 2048Mi heap, 200Mi of 384Mi beyond it. memory: 1280Mi"
                + " would do, which saves 0.8 GiB of 2.4 GiB memory (31 %).");
  }

  @Test
  void aRunOfSecondsSaysNothing() {
    assertThat(of(IN_JAVA, new Used(driver(59, 900, 200, 0), WORKING), false)).isEmpty();
    assertThat(of(IN_JAVA, new Used(null, WORKING), false)).isEmpty();
  }

  @Test
  void ofExecutorsThatNeverToldOfTheirMemoryNothingIsSaid() {
    Used.OfRole silent = new Used.OfRole(0, 600L, null, null, null, 1200L, 10L, 5L, 0L, null, null);

    assertThat(usage(IN_JAVA, silent).executor()).isNull();
    assertThat(usage(IN_JAVA, silent).driver()).isNotNull();
  }

  @Test
  void whatIsAboutRightStaysAsItIs() {
    Usage.OfRole executor = usage(IN_JAVA, executor(3100, 300, null, 4000, 3900, 100)).executor();

    assertThat(executor.wouldDo()).isEqualTo(executor.asked());
    assertThat(executor.sentence()).endsWith("That is about what it asked for.");
  }

  @Test
  void aHeapIsNeverSmallerThanSparkTakes() {
    assertThat(usage(IN_JAVA, executor(60, 80, null, 4000, 3900, 0)).executor().wouldDo())
        .returns("512Mi", Usage.Size::memory)
        .returns("409Mi", Usage.Size::memoryOverhead);
  }

  @Test
  void overheadThatWasAskedForAndNotUsedIsSaved() {
    Usage.OfRole executor =
        usage(JAR.formatted(", memoryOverhead: 4g"), executor(3100, 700, null, 4000, 3900, 1))
            .executor();

    assertThat(executor.wouldDo().memory()).isEqualTo("4096Mi");
    assertThat(executor.wouldDo().memoryOverhead())
        .as("a quarter more than the most that the JVM used")
        .isEqualTo("896Mi");
  }

  @Test
  void cpuIsSavedWhereTasksMostlyWait() {
    Usage.OfRole executor = usage(IN_JAVA, executor(3100, 300, null, 4000, 400, 1)).executor();

    assertThat(executor.peak().cpu()).isEqualTo("200m");
    assertThat(executor.wouldDo().cpuRequest()).isEqualTo("250m");
    assertThat(executor.sentence()).endsWith("cpuRequest: 250m would do, which saves CPU 1750m.");
  }

  @Test
  void aCpuRequestThatWasGivenIsWhatWasAskedFor() {
    Usage.OfRole executor =
        usage(JAR.formatted(", cpuRequest: 500m"), executor(3100, 300, null, 4000, 400, 1))
            .executor();

    assertThat(executor.asked().cpuRequest()).isEqualTo("500m");
    assertThat(executor.wouldDo().cpuRequest()).isEqualTo("250m");
  }

  @Test
  void whatWasOomKilledGetsMoreAndNeverASmallerOverhead() {
    Usage.OfRole executor =
        usage(IN_JAVA, failing(executor(1310, 210, null, 4000, 3900, 1), 0, 2)).executor();

    assertThat(executor.wouldDo().memoryOverhead()).isEqualTo("640Mi");
    assertThat(executor.sentence()).contains("But it was OOMKilled 2 times.");
    Usage.OfRole driver = of(IN_JAVA, new Used(DRIVER, WORKING), true).orElseThrow().driver();
    assertThat(driver.wouldDo().memoryOverhead()).isEqualTo("640Mi");
    assertThat(driver.wouldDo().memory())
        .as("heap and overhead are one to the kernel: to take from one gives nothing to the other")
        .isEqualTo("2048Mi");
  }

  @Test
  void aHeapThatWasFullIsToBeLarger() {
    Usage.OfRole executor =
        usage(IN_JAVA, failing(executor(4000, 210, null, 4000, 3900, 1), 1, 0)).executor();

    assertThat(executor.wouldDo().memory()).isEqualTo("6144Mi");
    assertThat(executor.sentence())
        .contains("But its heap was full once.")
        .endsWith("memory: 6144Mi would do.");
  }

  @Test
  void aHeapThatIsCollectedAllTheTimeIsNotMadeSmaller() {
    Usage.OfRole executor = usage(IN_JAVA, executor(1310, 210, null, 4000, 3900, 500)).executor();

    assertThat(executor.wouldDo().memory()).isEqualTo("4096Mi");
    assertThat(executor.sentence())
        .contains("12 % of its tasks' time went into garbage collection");
  }

  @Test
  void pythonIsSizedByWhatItHadAndLeftAloneWhereNobodyLooked() {
    Usage.OfRole measured =
        usage(IN_PYTHON.formatted(""), executor(3100, 200, 500L, 4000, 400, 1)).executor();
    assertThat(measured.asked().memoryOverhead()).isEqualTo("1638Mi");
    assertThat(measured.peak().python()).isEqualTo("500Mi");
    assertThat(measured.wouldDo().memoryOverhead())
        .as("a tenth of the heap, and a quarter more than Python had")
        .isEqualTo("1152Mi");
    assertThat(measured.wouldDo().cpuRequest()).as("Python's CPU is not known").isEqualTo("2");

    assertThat(
            usage(IN_PYTHON.formatted(""), executor(3100, 200, null, 4000, 400, 1))
                .executor()
                .wouldDo()
                .memoryOverhead())
        .isEqualTo("1638Mi");
  }

  @Test
  void coresThatMostlyStoodIdleAreToldOf() {
    Used.OfRole idle =
        new Used.OfRole(4, 600L, 3100L, 200L, null, 1200L, 240L, 230L, 1L, null, null);

    assertThat(usage(IN_JAVA, idle).executor().sentence())
        .endsWith("Tasks ran on its cores for 20 % of the time: fewer executors would do.");
  }

  @Test
  void aDriverOutsideIsNoneOfOurBusiness() {
    Usage usage =
        usage(
            "placement: Client\nclient: {host: 10.0.0.9, port: 4711}\nexecutor: {memory: 4g}\n",
            WORKING);

    assertThat(usage.driver()).isNull();
    assertThat(usage.executor().wouldDo().memory()).isEqualTo("1792Mi");
    assertThat(usage.executor().peak().cpu()).as("it may be Python's").isNull();
  }

  /** Progress of an application with two stages that ran for ten minutes. */
  static Progress progress() {
    List<StageNode> graph =
        List.of(
            new StageNode(0, 0, 0, "map at A.java:1", List.of(), StageState.Done, 8, 0, null, null),
            new StageNode(
                1, 0, 0, "reduce at A.java:2", List.of(0), StageState.Active, 4, 0, null, null));
    return Specs.progress(Map.of("percent", 66, "graph", graph, "used", new Used(DRIVER, WORKING)));
  }

  private static Usage usage(String spec, Used.OfRole executor) {
    return of(spec, new Used(DRIVER, executor), false).orElseThrow();
  }

  private static Optional<Usage> of(String spec, Used used, boolean driverOomKilled) {
    return RightSizing.of(Apps.of(spec).getSpec(), used, driverOomKilled);
  }

  private static Used.OfRole driver(long seconds, long heap, long offHeap, long beside) {
    return new Used.OfRole(1, seconds, heap, offHeap, beside, null, null, null, null, null, null);
  }

  private static Used.OfRole executor(
      long heap, long offHeap, Long beside, long tasks, long cpu, long gc) {
    return new Used.OfRole(4, 2400L, heap, offHeap, beside, 4800L, tasks, cpu, gc, null, null);
  }

  private static Used.OfRole failing(Used.OfRole used, int heapFull, int oomKilled) {
    return new Used.OfRole(
        used.count(),
        used.seconds(),
        used.heap(),
        used.offHeap(),
        used.beside(),
        used.slotSeconds(),
        used.taskSeconds(),
        used.cpuSeconds(),
        used.gcSeconds(),
        heapFull,
        oomKilled);
  }
}
