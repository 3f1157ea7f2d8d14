package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.resourcemanager.QueuedResourceManager.News;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells those who wait how their place and their reason change: the first in each line soon, those
 * far behind now and then. With ten thousand in line, one that leaves must not cause ten thousand
 * writes.
 */
final class Bulletin {

  /** Of each line, those who are told soon. */
  static final int SOON_TOLD = 20;

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(30);

  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final News news;
  private final Map<ApplicationId, Allocation> told = new ConcurrentHashMap<>();
  private View latest;
  private Instant allTold = Instant.EPOCH;
  private ScheduledFuture<?> next;

  Bulletin(Clock clock, ScheduledExecutorService timer, News news) {
    this.clock = clock;
    this.timer = timer;
    this.news = news;
  }

  /** An application has this answer. */
  void told(ApplicationId application, Allocation allocation) {
    told.put(application, allocation);
  }

  void forget(ApplicationId application) {
    told.remove(application);
  }

  /** There is something else to tell. */
  synchronized void changed(View view) {
    latest = view;
    schedule(SOON);
  }

  synchronized void close() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private void schedule(Duration delay) {
    if (next == null || next.isDone()) {
      next = timer.schedule(this::publish, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void publish() {
    View view;
    boolean all;
    synchronized (this) {
      next = null;
      view = latest;
      Instant now = clock.instant();
      all = !now.isBefore(allTold.plus(NOW_AND_THEN));
      allTold = all ? now : allTold;
    }
    List<ApplicationId> outdated = new ArrayList<>();
    boolean[] more = {false};
    view.lines()
        .forEach(
            line -> {
              more[0] |= !all && line.size() > SOON_TOLD;
              line.stream()
                  .limit(all ? line.size() : SOON_TOLD)
                  .filter(id -> isOutdated(view, id))
                  .forEach(outdated::add);
            });
    if (!outdated.isEmpty()) {
      news.of(outdated);
    }
    news.ofQueues();
    if (more[0]) {
      synchronized (this) {
        schedule(Duration.between(clock.instant(), allTold.plus(NOW_AND_THEN)));
      }
    }
  }

  private boolean isOutdated(View view, ApplicationId id) {
    Allocation before = told.get(id);
    return before != null && !view.allocation(id).filter(before::equals).isPresent();
  }
}
