package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the status of one application is told from.
 *
 * @param request of its current attempt, as long as there is one
 * @param warnings the events that say what went wrong, the oldest first
 * @param now the time that ages are told of
 * @param options what names its cluster and namespace in other commands
 */
record StatusView(
    SparkApp app,
    Optional<ExecutorRequest> request,
    List<Warning> warnings,
    Instant now,
    String options) {

  /**
   * An event of type Warning.
   *
   * @param at when it was seen last
   * @param count how many times
   */
  record Warning(Instant at, String reason, String message, int count) {

    static Warning of(Event event) {
      Instant at =
          Stream.of(
                  Optional.ofNullable(event.getLastTimestamp()),
                  Optional.ofNullable(event.getEventTime()).map(MicroTime::getTime),
                  Optional.ofNullable(event.getFirstTimestamp()),
                  Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
              .flatMap(Optional::stream)
              .findFirst()
              .map(text -> OffsetDateTime.parse(text).toInstant())
              .orElse(Instant.EPOCH);
      int count = event.getCount() == null ? 1 : Math.max(1, event.getCount());
      return new Warning(at, event.getReason(), event.getMessage(), count);
    }
  }

  /** Asks the cluster for what belongs to it; what its user may not see is left out. */
  static StatusView of(KubernetesClient client, SparkApp app, String options) {
    return new StatusView(
        app,
        Permission.ifAllowed(() -> new Applications(client).request(app)).flatMap(found -> found),
        Permission.ifAllowed(() -> warnings(client, app)).orElse(List.of()),
        Instant.now(),
        options);
  }

  private static List<Warning> warnings(KubernetesClient client, SparkApp app) {
    return client
        .v1()
        .events()
        .inNamespace(app.getMetadata().getNamespace())
        .withFields(Map.of("involvedObject.uid", app.getMetadata().getUid(), "type", "Warning"))
        .list()
        .getItems()
        .stream()
        .map(Warning::of)
        .sorted(Comparator.comparing(Warning::at))
        .toList();
  }
}
