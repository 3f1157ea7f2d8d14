package io.sparkapp.operator.web;

import io.sparkapp.operator.applicationmaster.EventReason;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import io.sparkapp.operator.web.OwnRights.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Executors of the current attempt that were gone before this operator looked: how many they are is
 * told by their ids, how those that failed ended by Kubernetes' events, as long as it keeps them.
 * Nothing is guessed; when one was made, and where it ran, nobody has written down.
 */
final class PastExecutors {

  private static final Pattern LOST = Pattern.compile("Executor ([0-9]{1,9})\\b.*", Pattern.DOTALL);

  private PastExecutors() {}

  /**
   * How many there were that are not known. Ids are given out one after the other.
   *
   * @param known executors of all attempts
   * @param watched since when all were seen
   */
  static int unseen(Observed observed, List<ExecutorReport> known, Instant watched) {
    String started = observed.status().attemptStarted();
    if (started == null || !Instant.parse(started).isBefore(watched)) {
      return 0;
    }
    Set<Integer> ids =
        known.stream()
            .filter(each -> each.attempt() == observed.attempt())
            .map(ExecutorReport::id)
            .collect(Collectors.toSet());
    int last =
        ids.stream().max(Integer::compare).orElseGet(() -> observed.answered().lastExecutorId());
    return (int) IntStream.rangeClosed(1, last).filter(id -> !ids.contains(id)).count();
  }

  /**
   * Those that failed, as far as events tell.
   *
   * @param events of the application, the last first
   */
  static List<ExecutorReport> of(Observed observed, List<Happening> events) {
    return events.stream()
        .filter(event -> EventReason.ExecutorLost.name().equals(event.reason()))
        .filter(event -> isOfAttempt(event, observed.status().attemptStarted()))
        .flatMap(event -> lost(observed, event).stream())
        .toList();
  }

  /** Of an event that stands for several nobody knows when the others were. */
  private static boolean isOfAttempt(Happening event, String started) {
    return started != null
        && event.last() != null
        && event.count() == 1
        && !Instant.parse(event.last()).isBefore(Instant.parse(started));
  }

  private static Optional<ExecutorReport> lost(Observed observed, Happening event) {
    Matcher sentence = LOST.matcher(event.message());
    return sentence.matches()
        ? Optional.of(
            ExecutorReport.written(
                observed.names(),
                Integer.parseInt(sentence.group(1)),
                Optional.of(event.last()),
                event.message()))
        : Optional.empty();
  }
}
