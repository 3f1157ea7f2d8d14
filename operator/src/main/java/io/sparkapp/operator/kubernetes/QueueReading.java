package io.sparkapp.operator.kubernetes;

import io.sparkapp.crds.SparkQueueSpec;
import io.sparkapp.operator.resourcemanager.QueueTree;
import io.sparkapp.operator.resourcemanager.QueueTree.Checked;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a tree of queues even if one of them has what nobody expected: it must not stop others. */
final class QueueReading {

  private static final Logger LOG = LoggerFactory.getLogger(QueueReading.class);

  private QueueReading() {}

  /** As {@link QueueTree#of}; one that can not even be looked at is at fault. */
  static Checked of(Map<String, SparkQueueSpec> wanted, QueueTree lastGood) {
    try {
      return QueueTree.of(wanted, lastGood);
    } catch (RuntimeException e) {
      LOG.error("SparkQueues can not be read together: looking for the one at fault", e);
      return withoutThoseAtFault(wanted, lastGood);
    }
  }

  private static Checked withoutThoseAtFault(
      Map<String, SparkQueueSpec> wanted, QueueTree lastGood) {
    SortedMap<String, String> faults = new TreeMap<>();
    SortedMap<String, SparkQueueSpec> readable = new TreeMap<>(wanted);
    wanted.forEach(
        (name, spec) ->
            alone(name, spec)
                .ifPresent(
                    fault -> {
                      faults.put(name, fault);
                      readable.remove(name);
                      lastGood.spec(name).ifPresent(before -> readable.put(name, before));
                    }));
    try {
      Checked checked = QueueTree.of(readable, lastGood);
      checked.faults().forEach(faults::putIfAbsent);
      return new Checked(checked.inForce(), faults);
    } catch (RuntimeException e) {
      LOG.error("SparkQueues can not be read together: those of before stay in force", e);
      wanted.forEach(
          (name, spec) -> {
            if (!Objects.equals(lastGood.spec(name).orElse(null), spec)) {
              faults.putIfAbsent(name, unreadable(name, e));
            }
          });
      return new Checked(lastGood, faults);
    }
  }

  /** Why it could not be read if there were no other. */
  private static Optional<String> alone(String name, SparkQueueSpec spec) {
    try {
      SortedMap<String, SparkQueueSpec> alone = new TreeMap<>();
      // That its parent is not there would hide what is wrong with itself.
      Optional.ofNullable(spec.parent())
          .ifPresent(parent -> alone.put(parent, SparkQueueSpec.DEFAULT));
      alone.put(name, spec);
      QueueTree.of(alone, QueueTree.BARE);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(unreadable(name, e));
    }
  }

  private static String unreadable(String name, RuntimeException e) {
    return "Queue %s can not be read (%s): write amounts as a pod's requests have them."
        .formatted(name, e.getMessage());
  }
}
