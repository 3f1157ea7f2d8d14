package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operator's side of an ExecutorRequest, as far as a driver reads it.
 *
 * @param ended executors that ended, old ones first
 * @param reclaim of which ResourceProfiles the queue takes executors back
 * @param bounds how many executors the application may have; operators of old do not say
 */
record RequestStatus(List<Ended> ended, List<Reclaim> reclaim, Optional<Bounds> bounds) {

  /**
   * How many executors of each ResourceProfile there may be.
   *
   * @param generation a later one wins
   */
  record Bounds(long generation, int min, int max) {}

  /**
   * The queue takes executors back.
   *
   * @param profile of which ResourceProfile
   * @param total how many may stay
   */
  record Reclaim(int profile, int total) {}

  /** An executor that ended; see the ExecutorRequest's own description. */
  record Ended(
      long sequence,
      String id,
      int exitCode,
      String cause,
      boolean applicationAtFault,
      String message) {}

  /** Exit code of an executor of which none is known; Spark uses the same. */
  static final int UNKNOWN_EXIT_CODE = -1;

  /**
   * @param request the whole object
   */
  static RequestStatus of(JsonNode request) {
    JsonNode status = request.path("status");
    List<Ended> ended = new ArrayList<>();
    for (JsonNode end : status.path("ended")) {
      ended.add(
          new Ended(
              end.path("sequence").asLong(),
              end.path("id").asText(),
              end.path("exitCode").asInt(UNKNOWN_EXIT_CODE),
              end.path("cause").asText(),
              end.path("applicationAtFault").asBoolean(),
              end.path("message").asText()));
    }
    JsonNode answered = request.has("status") ? status : request.at("/spec/opening");
    return new RequestStatus(
        List.copyOf(ended), reclaim(status.path("reclaim")), bounds(answered.path("bounds")));
  }

  /** What does not say how many may stay takes nothing back. */
  private static List<Reclaim> reclaim(JsonNode entries) {
    List<Reclaim> reclaim = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.path("profile").isInt() && entry.path("total").isInt()) {
        reclaim.add(new Reclaim(entry.path("profile").asInt(), entry.path("total").asInt()));
      }
    }
    return List.copyOf(reclaim);
  }

  private static Optional<Bounds> bounds(JsonNode bounds) {
    return bounds.path("max").isInt()
        ? Optional.of(
            new Bounds(
                bounds.path("generation").asLong(),
                bounds.path("min").asInt(),
                bounds.path("max").asInt()))
        : Optional.empty();
  }
}
