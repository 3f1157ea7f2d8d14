package io.sparkapp.operator.resourcemanager;

import io.sparkapp.operator.ManualClock;
import io.sparkapp.operator.ManualTimer;
import io.sparkapp.operator.resourcemanager.ApplicationDemand.Ask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A ResourceManager for nodes with some cores, in whose time and passes tests have a hand, and what
 * it tells others.
 */
final class PassesUnderWatch implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  /** With a GiB of memory. */
  static final Resources CORE = new Resources(1000, 1L << 30);

  private final ManualClock clock = new ManualClock(START);

  /** What happens when a pass asks for the time. */
  private Runnable inPass = () -> {};

  private final Clock clockOfPasses =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
          inPass.run();
          return clock.instant();
        }
      };

  private final ManualTimer timer = new ManualTimer(clock);
  private final List<ApplicationId> told = new ArrayList<>();
  private int ofQueues;
  private final QueuedResourceManager resourceManager = manager();

  private QueuedResourceManager manager() {
    return new QueuedResourceManager(
        clockOfPasses,
        timer,
        new QueuedResourceManager.News() {
          @Override
          public void of(Collection<ApplicationId> applications) {
            told.addAll(applications);
          }

          @Override
          public void ofQueues() {
            ofQueues++;
          }
        });
  }

  QueuedResourceManager resourceManager() {
    return resourceManager;
  }

  /** Applications that were told of news, each as often as that was. */
  List<ApplicationId> told() {
    return told;
  }

  /** How often it was told that queues look different. */
  int toldOfQueues() {
    return ofQueues;
  }

  static ApplicationId id(int number) {
    return new ApplicationId("jobs", "app-%04d".formatted(number));
  }

  static ApplicationDemand demand(int number, int wanted, int granted, boolean admitted) {
    return demand(number, wanted, granted, 0, admitted);
  }

  static ApplicationDemand demand(int number, int wanted, int granted, int idle, boolean admitted) {
    return new ApplicationDemand(
        id(number),
        "default",
        Optional.of("default").filter(queue -> admitted),
        Optional.empty(),
        0,
        START.plusSeconds(number),
        CORE,
        1,
        List.of(new Ask(0, CORE, wanted, granted, granted, idle, Optional.empty())),
        admitted);
  }

  void cores(int cores) {
    resourceManager.nodesHave(Ceiling.exactly(CORE.times(cores)));
  }

  boolean admits(ApplicationDemand demand) {
    return resourceManager.allocate(demand).admission() instanceof Admission.Admitted;
  }

  /** With all that becomes due. */
  void timePasses(Duration time) {
    clock.set(clock.instant().plus(time));
    timer.tick();
  }

  /** Has something happen whenever a pass asks for the time. */
  void inPass(Runnable happens) {
    inPass = happens;
  }

  /** Has all passes fail from now on. */
  void fail() {
    inPass =
        () -> {
          throw new ArithmeticException("of a defect");
        };
  }

  void succeed() {
    inPass = () -> {};
  }

  @Override
  public void close() {
    resourceManager.close();
    timer.shutdownNow();
  }
}
