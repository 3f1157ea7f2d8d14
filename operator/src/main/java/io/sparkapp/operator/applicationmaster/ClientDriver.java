package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.ClientSpec;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.crds.ExecutorRequestSpec.DriverEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A driver that the operator did not create: it says itself where it is, shows by a Lease that it
 * is alive, and tells its end through the request. Unlike Spark on YARN, where a client that
 * vanishes counts as a success, silence is a failure.
 */
final class ClientDriver {

  /** {@code ApplicationMaster.EXIT_DISCONNECTED} of Spark on YARN. */
  private static final int DISCONNECTED = 17;

  private static final int RENEWALS = 3;

  private ClientDriver() {}

  static DriverState of(Observed observed) {
    ClientSpec client = observed.app().getSpec().client();
    if (client == null) {
      return new DriverState.Absent();
    }
    Optional<DriverEnd> end =
        observed.request().map(ExecutorRequest::getSpec).map(ExecutorRequestSpec::driverEnd);
    if (end.isPresent()) {
      return new DriverState.Ended(ending(end.get()));
    }
    if (deadline(observed).filter(then -> !observed.now().isBefore(then)).isPresent()) {
      return new DriverState.Ended(
          Ending.failed(lost(observed, client), Optional.of(DISCONNECTED)));
    }
    return observed.attemptBegun()
        ? new DriverState.Running(Optional.of(address(client)))
        : new DriverState.Absent();
  }

  /** When silence means that it is lost; empty when there is no such driver. */
  static Optional<Instant> deadline(Observed observed) {
    return Optional.ofNullable(observed.app().getSpec().client())
        .flatMap(
            client ->
                lastSign(observed)
                    .map(sign -> sign.plus(Duration.ofSeconds(client.leaseSeconds()))));
  }

  /** When its silence is worth a look at the API server itself. */
  static Optional<Instant> doubt(Observed observed) {
    return Optional.ofNullable(observed.app().getSpec().client())
        .flatMap(client -> deadline(observed).map(then -> then.minus(graceOf(client))));
  }

  /** A driver renews its Lease three times while it lasts. */
  static Duration graceOf(ClientSpec client) {
    return Duration.ofSeconds(client.leaseSeconds()).dividedBy(RENEWALS);
  }

  /** Until it has written its Lease, that it wrote the SparkApp is the last that is known of it. */
  private static Optional<Instant> lastSign(Observed observed) {
    return observed
        .leaseRenewed()
        .or(() -> Optional.ofNullable(observed.status().attemptStarted()).map(Instant::parse))
        .or(
            () ->
                Optional.ofNullable(observed.app().getMetadata().getCreationTimestamp())
                    .map(Instant::parse));
  }

  private static String lost(Observed observed, ClientSpec client) {
    String since =
        lastSign(observed)
            .map(sign -> ", since " + sign.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
    return "The driver%s at %s was lost: it has been silent for longer than its lease of %d s%s."
        .formatted(
            client.process() == null ? "" : " (" + client.process() + ")",
            address(client),
            client.leaseSeconds(),
            since);
  }

  private static Ending ending(DriverEnd end) {
    return end.exitCode() == 0
        ? Ending.succeeded(end.message())
        : Ending.failed(end.message(), Optional.of(end.exitCode()));
  }

  /** What executors connect to. */
  static String address(ClientSpec client) {
    return DriverAddress.of(client.host(), client.port());
  }
}
