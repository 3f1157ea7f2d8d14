package io.sparkapp.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** The order of a list of applications; those that are equal follow by namespace and name. */
enum ApplicationOrder {
  /** A to Z. */
  name,
  /** The youngest first. */
  age,
  /** Those that wait, then those that run, then those that are over. */
  phase,
  /** By the queue's name. */
  queue,
  /** By the user's name, those without one last. */
  user,
  /** The longest first, those that have not started last. */
  duration,
  /** The most running executors first. */
  executors;

  Comparator<ListedApplication> comparator(Instant now) {
    Comparator<ListedApplication> order =
        switch (this) {
          case name -> (one, other) -> 0;
          case age -> Comparator.comparing(ListedApplication::created).reversed();
          case phase -> Comparator.comparing(ListedApplication::phaseOrWaiting);
          case queue -> Comparator.comparing(ListedApplication::queue);
          case user ->
              Comparator.comparing(
                  app -> app.user().orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));
          case duration ->
              Comparator.comparing(
                  app -> app.duration(now).map(Duration::negated).orElse(Duration.ZERO));
          case executors -> Comparator.comparing(app -> -app.executors());
        };
    return order.thenComparing(ListedApplication::namespace).thenComparing(ListedApplication::name);
  }
}
