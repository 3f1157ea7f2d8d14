package io.sparkapp.operator.applicationmaster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * What a launcher wrote to its container's termination log before it left.
 *
 * @param outcome how it went, in the launcher's words
 * @param exitCode as Spark on YARN gives them
 * @param message one sentence
 * @param log the last lines that were printed, unless all went well
 */
record LastWords(String outcome, Integer exitCode, String message, List<String> log) {

  LastWords {
    log = log == null ? List.of() : List.copyOf(log);
  }

  static final String SUCCEEDED = "Succeeded";
  static final String EXITED_EARLY = "ExitedEarly";

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /** The end of a driver's log, from its own words or, when it left none, from the kubelet's. */
  static List<String> log(String terminationMessage) {
    return read(terminationMessage)
        .map(LastWords::log)
        .orElseGet(
            () ->
                terminationMessage == null
                    ? List.of()
                    : terminationMessage.lines().filter(line -> !line.isBlank()).toList());
  }

  /**
   * @param terminationMessage as the kubelet reports it; images without our launcher leave none
   */
  static Optional<LastWords> read(String terminationMessage) {
    if (terminationMessage == null || !terminationMessage.strip().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(terminationMessage, LastWords.class));
    } catch (JsonProcessingException e) {
      // Cut off by the kubelet, or not written by our launcher: the exit code alone speaks then.
      return Optional.empty();
    }
  }
}
