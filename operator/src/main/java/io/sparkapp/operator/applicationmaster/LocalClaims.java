package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.LocalDir;
import io.sparkapp.operator.applicationmaster.ExecutorTarget.NewExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which new executor gets which claim, where volumes are used again: the lowest number that no
 * executor has now. So nobody has to remember which claims there are, and one that an earlier
 * executor had is taken before another is made.
 *
 * @param numbers by executor id
 */
record LocalClaims(Map<Integer, Integer> numbers) {

  static LocalClaims of(Observed observed, List<NewExecutor> create) {
    LocalDir wanted = observed.app().getSpec().executor().localDir();
    Map<Integer, Integer> numbers = new TreeMap<>();
    if (wanted == null || !wanted.reused()) {
      return new LocalClaims(numbers);
    }
    Set<Integer> taken = new HashSet<>();
    observed.executors().stream()
        .filter(pod -> !new PodReading(pod, Names.EXECUTOR).ended())
        .map(LocalClaims::number)
        .filter(Objects::nonNull)
        .forEach(taken::add);
    int next = 1;
    for (NewExecutor executor : create) {
      while (!taken.add(next)) {
        next++;
      }
      numbers.put(executor.id(), next);
    }
    return new LocalClaims(numbers);
  }

  OptionalInt ofExecutor(int id) {
    Integer number = numbers.get(id);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Those that may not be there yet. */
  List<Action> create(Observed observed) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<PersistentVolumeClaim> claims =
        numbers.values().stream()
            .map(number -> LocalStorage.claim(observed.names(), observed.app().getSpec(), number))
            .toList();
    return List.of(new Action.CreateClaims(observed.names().applicationId(), claims));
  }

  private static Integer number(Pod pod) {
    String label = pod.getMetadata().getLabels().get(Names.CLAIM);
    return label == null ? null : Integer.valueOf(label);
  }
}
