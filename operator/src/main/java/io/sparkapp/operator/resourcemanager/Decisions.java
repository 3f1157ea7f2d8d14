package io.sparkapp.operator.resourcemanager;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a pass decided.
 *
 * @param decisions in the order in which they were taken
 * @param after the snapshot with all of them carried out; a pass over it decides nothing
 * @param lookAgain when time alone may change something
 */
public record Decisions(List<Decision> decisions, Snapshot after, Optional<Duration> lookAgain) {

  public Decisions {
    decisions = List.copyOf(decisions);
  }
}
