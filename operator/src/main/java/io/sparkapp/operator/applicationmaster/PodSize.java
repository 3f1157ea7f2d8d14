package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.sparkapp.crds.Memory;
import io.sparkapp.crds.Usage;
import io.sparkapp.crds.Used;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The size that would have done for one kind of pod: a quarter more than the most that was used,
 * rounded up, and never less than what has failed. Memory is in MiB.
 */
final class PodSize {

  private static final int MARGIN_PERCENT = 125;

  /** What has failed is not known to do with any amount: half as much again is a next try. */
  private static final int AFTER_A_FAILURE_PERCENT = 150;

  /** Spark refuses a heap under 450 MiB ({@code UnifiedMemoryManager}). */
  private static final long LEAST_HEAP = 512;

  private static final long HEAP_STEP = 256;
  private static final long LEAST_OVERHEAD = 384;
  private static final long OVERHEAD_STEP = 128;
  private static final int OVERHEAD_PERCENT = 10;
  private static final long CPU_STEP_MILLIS = 250;

  /** To save less than a tenth is not worth a change. */
  private static final int WORTHWHILE_PERCENT = 90;

  private static final int MOST_GC_PERCENT = 10;
  private static final int BUSY_PERCENT = 50;
  private static final long LEAST_TASK_SECONDS = 60;
  private static final int ALL = 100;
  private static final int MILLIS = 1000;

  /**
   * What the pod was made with.
   *
   * @param who begins a sentence
   * @param offHeap memory that Spark was told to use beyond heap and overhead
   * @param cpuRequest what its node must have free; empty where nobody measured CPU
   * @param besideTheJvm whether programs of Python or R run beside the JVM
   * @param heapFull how often one ended because its heap was full
   * @param oomKilled how often one ended because its pod went over its memory
   */
  record Asked(
      String who,
      long heap,
      long overhead,
      long offHeap,
      int cores,
      Optional<String> cpuRequest,
      int taskCpus,
      boolean besideTheJvm,
      long heapFull,
      long oomKilled) {}

  private final Asked asked;
  private final Used.OfRole used;
  private final List<String> reasons = new ArrayList<>();

  PodSize(Asked asked, Used.OfRole used) {
    this.asked = asked;
    this.used = used;
  }

  Usage.OfRole usage() {
    long heap = heap();
    long overhead = overhead(heap);
    Optional<String> cpu = cpu();
    Usage.Size before = size(asked.heap(), asked.overhead(), asked.cpuRequest());
    Usage.Size then = size(heap, overhead, cpu);
    return new Usage.OfRole(before, peak(), then, sentence(heap + overhead, before, then));
  }

  private long heap() {
    if (asked.heapFull() > 0) {
      reasons.add(times(asked.heapFull(), "its heap was full"));
      return up(asked.heap() * AFTER_A_FAILURE_PERCENT / ALL, HEAP_STEP);
    }
    if (asked.oomKilled() > 0) {
      // Heap and overhead are one to the kernel.
      return asked.heap();
    }
    long tasks = RightSizing.number(used.taskSeconds());
    if (tasks > 0 && RightSizing.number(used.gcSeconds()) * ALL > tasks * MOST_GC_PERCENT) {
      reasons.add(
          "%d %% of its tasks' time went into garbage collection, so a smaller heap would not do"
              .formatted(used.gcSeconds() * ALL / tasks));
      return asked.heap();
    }
    long enough = up(Math.max(LEAST_HEAP, withMargin(used.heap())), HEAP_STEP);
    return isWorthwhile(enough, asked.heap()) ? enough : asked.heap();
  }

  private long overhead(long heap) {
    if (asked.oomKilled() > 0) {
      reasons.add(times(asked.oomKilled(), "it was OOMKilled"));
      return up(asked.overhead() * AFTER_A_FAILURE_PERCENT / ALL, OVERHEAD_STEP);
    }
    if (asked.besideTheJvm() && used.beside() == null) {
      return asked.overhead();
    }
    // What native libraries take nobody counts: Spark's usual tenth of the heap is for them.
    long unseen = Math.max(LEAST_OVERHEAD, heap * OVERHEAD_PERCENT / ALL);
    long seen = withMargin(Math.max(0, RightSizing.number(used.offHeap()) - asked.offHeap()));
    long beside = withMargin(RightSizing.number(used.beside()));
    long enough =
        beside == 0 && seen <= unseen ? unseen : up(Math.max(unseen, seen) + beside, OVERHEAD_STEP);
    return isWorthwhile(enough, asked.overhead()) ? enough : asked.overhead();
  }

  /** Of a program of Python's the JVM does not know what CPU it takes. */
  private Optional<String> cpu() {
    if (asked.cpuRequest().isEmpty() || cpuMillis().isEmpty()) {
      return asked.cpuRequest();
    }
    long enough = up(Math.max(1, withMargin(cpuMillis().get())), CPU_STEP_MILLIS);
    return isWorthwhile(enough, askedMillis()) ? Optional.of(quantity(enough)) : asked.cpuRequest();
  }

  private Optional<Long> cpuMillis() {
    long tasks = RightSizing.number(used.taskSeconds());
    if (asked.besideTheJvm() || tasks < LEAST_TASK_SECONDS) {
      return Optional.empty();
    }
    int slots = Math.max(1, asked.cores() / asked.taskCpus());
    return Optional.of(MILLIS * slots * RightSizing.number(used.cpuSeconds()) / tasks);
  }

  private long askedMillis() {
    return millis(asked.cpuRequest().orElse("0"));
  }

  private Usage.Peak peak() {
    return new Usage.Peak(
        Memory.ofMebibytes(used.heap()).asQuantity(),
        Memory.ofMebibytes(RightSizing.number(used.offHeap())).asQuantity(),
        asked.besideTheJvm() && used.beside() != null
            ? Memory.ofMebibytes(used.beside()).asQuantity()
            : null,
        cpuMillis().map(PodSize::quantity).orElse(null));
  }

  private static Usage.Size size(long heap, long overhead, Optional<String> cpu) {
    return new Usage.Size(
        Memory.ofMebibytes(heap).asQuantity(),
        Memory.ofMebibytes(overhead).asQuantity(),
        cpu.orElse(null));
  }

  private String sentence(long memory, Usage.Size before, Usage.Size then) {
    StringBuilder text = new StringBuilder(asked.who());
    text.append(" used at most ").append(usedMost(before)).append('.');
    reasons.forEach(reason -> text.append(" But ").append(reason).append('.'));
    if (then.equals(before)) {
      text.append(" That is about what it asked for.");
    } else {
      text.append(' ').append(difference(before, then)).append(" would do");
      saving(memory, before, then).ifPresent(saved -> text.append(", which saves ").append(saved));
      text.append('.');
    }
    idle().ifPresent(share -> text.append(' ').append(share));
    return text.toString();
  }

  private String usedMost(Usage.Size before) {
    List<String> parts = new ArrayList<>();
    Usage.Peak peak = peak();
    parts.add(peak.heap() + " of " + before.memory() + " heap");
    parts.add(
        peak.offHeap()
            + (peak.python() == null ? "" : " and " + peak.python() + " for Python")
            + " of "
            + Memory.ofMebibytes(asked.overhead() + asked.offHeap()).asQuantity()
            + " beyond it");
    if (peak.cpu() != null) {
      parts.add("CPU " + peak.cpu() + " of " + before.cpuRequest() + " while tasks ran");
    }
    return String.join(", ", parts);
  }

  private static String difference(Usage.Size before, Usage.Size then) {
    List<String> fields = new ArrayList<>();
    if (!then.memory().equals(before.memory())) {
      fields.add("memory: " + then.memory());
    }
    if (!then.memoryOverhead().equals(before.memoryOverhead())) {
      fields.add("memoryOverhead: " + then.memoryOverhead());
    }
    if (then.cpuRequest() != null && !then.cpuRequest().equals(before.cpuRequest())) {
      fields.add("cpuRequest: " + then.cpuRequest());
    }
    return String.join(", ", fields);
  }

  private Optional<String> saving(long memory, Usage.Size before, Usage.Size then) {
    List<String> saved = new ArrayList<>();
    long whole = asked.heap() + asked.overhead();
    if (memory < whole) {
      saved.add(
          "%s of %s memory (%d %%)"
              .formatted(
                  gibibytes(whole - memory), gibibytes(whole), ALL * (whole - memory) / whole));
    }
    if (then.cpuRequest() != null && !then.cpuRequest().equals(before.cpuRequest())) {
      saved.add("CPU " + quantity(askedMillis() - millis(then.cpuRequest())));
    }
    return saved.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", saved));
  }

  private Optional<String> idle() {
    long slots = RightSizing.number(used.slotSeconds());
    long busy = RightSizing.number(used.taskSeconds()) * asked.taskCpus();
    return slots < LEAST_TASK_SECONDS || busy * ALL >= slots * BUSY_PERCENT
        ? Optional.empty()
        : Optional.of(
            "Tasks ran on its cores for %d %% of the time: fewer executors would do."
                .formatted(busy * ALL / slots));
  }

  private static String times(long count, String what) {
    return what + (count == 1 ? " once" : " " + count + " times");
  }

  private static boolean isWorthwhile(long enough, long asked) {
    return enough * ALL <= asked * WORTHWHILE_PERCENT;
  }

  private static long withMargin(long most) {
    return (most * MARGIN_PERCENT + ALL - 1) / ALL;
  }

  private static long up(long amount, long step) {
    return (amount + step - 1) / step * step;
  }

  private static long millis(String quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity))
        .multiply(BigDecimal.valueOf(MILLIS))
        .longValue();
  }

  private static String quantity(long millis) {
    return millis % MILLIS == 0 ? Long.toString(millis / MILLIS) : millis + "m";
  }

  private static String gibibytes(long mebibytes) {
    return String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024.0);
  }
}
