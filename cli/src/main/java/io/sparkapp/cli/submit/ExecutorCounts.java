package io.sparkapp.cli.submit;

import io.sparkapp.crds.ExecutorSpec;
import java.util.Optional;
import java.util.OptionalInt;

/** How many executors: a fixed number, or Spark's dynamic allocation. */
final class ExecutorCounts {

  private static final String INSTANCES = "spark.executor.instances";
  private static final String DYNAMIC = "spark.dynamicAllocation.";
  private static final String ENABLED = DYNAMIC + "enabled";
  private static final String MIN = DYNAMIC + "minExecutors";
  private static final String MAX = DYNAMIC + "maxExecutors";
  private static final String INITIAL = DYNAMIC + "initialExecutors";
  private static final String TOTAL_CORES = "spark.cores.max";

  private final PropertyTranslation properties;
  private final AppDraft draft;
  private final Remarks remarks;

  ExecutorCounts(PropertyTranslation properties) {
    this.properties = properties;
    this.draft = properties.draft();
    this.remarks = properties.remarks();
  }

  void translate() {
    Optional<String> enabled = properties.take(ENABLED);
    totalCores();
    if (enabled.filter(Boolean::parseBoolean).isPresent()) {
      dynamic();
    } else {
      fixed(enabled.isPresent());
    }
  }

  /** Spark's standalone cluster counts cores and not executors. */
  private void totalCores() {
    OptionalInt total = number(TOTAL_CORES);
    if (total.isEmpty()) {
      return;
    }
    if (properties.look(INSTANCES).isPresent()) {
      remarks.note(TOTAL_CORES, "the number of executors is said too, and that counts.");
      return;
    }
    int each =
        properties
            .look("spark.executor.cores")
            .filter(cores -> cores.matches("[1-9][0-9]{0,3}"))
            .map(Integer::parseInt)
            .orElse(1);
    int executors = Math.max(1, total.getAsInt() / each);
    draft.set("executor.instances", executors);
    remarks.note(
        TOTAL_CORES,
        "executors are counted and not cores: "
            + executors
            + " of "
            + each
            + " make as many or the next fewer.");
  }

  private void fixed(boolean turnedOff) {
    number(INSTANCES).ifPresent(count -> draft.set("executor.instances", count));
    for (String key : new String[] {MIN, MAX, INITIAL}) {
      properties.note(
          key,
          "it has no effect, in Spark neither, as long as "
              + ENABLED
              + (turnedOff ? " is not true." : " is not set."));
    }
  }

  private void dynamic() {
    OptionalInt instances = number(INSTANCES);
    OptionalInt initial = number(INITIAL);
    OptionalInt max =
        properties.look(MAX).filter("infinity"::equals).isPresent() ? none(MAX) : number(MAX);
    int min = number(MIN).orElse(0);
    if (max.isPresent() && (max.getAsInt() < 1 || max.getAsInt() < min)) {
      remarks.refused(MAX, "it is less than one, or than " + MIN + ": Spark would refuse it too.");
      max = OptionalInt.empty();
    }
    draft.set("executor.min", min);
    max.ifPresent(count -> draft.set("executor.max", count));
    int start = Math.max(min, Math.max(initial.orElse(0), instances.orElse(0)));
    int most = max.orElse(ExecutorSpec.MOST);
    if (start > most) {
      remarks.note(
          initial.isPresent() ? INITIAL : INSTANCES,
          "it starts with " + most + ", for there may be no more.");
    }
    if (initial.isPresent() || instances.isPresent() || min > 0) {
      draft.set("executor.instances", Math.min(start, most));
    }
  }

  private OptionalInt none(String key) {
    properties.take(key);
    return OptionalInt.empty();
  }

  private OptionalInt number(String key) {
    Optional<String> written = properties.take(key);
    if (written.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!written.get().matches("[0-9]{1,6}")
        || Integer.parseInt(written.get()) > ExecutorSpec.MOST) {
      remarks.refused(
          key, "\"" + written.get() + "\" is no number of executors between 0 and 100000.");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(written.get()));
  }
}
