package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.sparkapp.crds.SparkApp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what the operator makes of a wish; all waits together take no longer than one may. */
final class ApplicationWait {

  private final Applications applications;
  private final long until;

  ApplicationWait(Applications applications, int seconds) {
    this.applications = applications;
    this.until = System.nanoTime() + Duration.ofSeconds(Math.max(0, seconds)).toNanos();
  }

  /** The application as it was seen last; empty when it is gone. */
  Optional<SparkApp> until(String name, Predicate<SparkApp> there) {
    try {
      return Optional.ofNullable(
          applications
              .resource(name)
              .waitUntilCondition(
                  app -> app == null || there.test(app),
                  Math.max(0, until - System.nanoTime()),
                  TimeUnit.NANOSECONDS));
    } catch (KubernetesClientTimeoutException e) {
      return Optional.ofNullable(applications.resource(name).get());
    }
  }
}
