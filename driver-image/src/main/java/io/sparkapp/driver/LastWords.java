package io.sparkapp.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a driver leaves behind for the operator: one JSON object in the container's termination log,
 * written once. Later words are not heard.
 */
final class LastWords {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How an application's end is classed. */
  enum Outcome {
    Succeeded,
    UserError,
    ExitedEarly,
    NotInitialized,
    Stopped
  }

  /** A kubelet keeps so many; half an object would tell the operator nothing. */
  private static final int MOST_BYTES = 4096;

  /** So much of a long sentence stays that there is room for some of the log. */
  private static final int LONGEST_MESSAGE = 2000;

  private final Path file;
  private final LogTail output;
  private boolean spoken;

  /**
   * @param output its last lines are left behind too, unless all went well
   */
  LastWords(Path file, LogTail output) {
    this.file = file;
    this.output = output;
  }

  synchronized void say(Outcome outcome, int exitCode, String message) {
    if (spoken) {
      return;
    }
    spoken = true;
    try {
      // In one write: a file that a kubelet has mounted can not be replaced.
      Files.write(file, json(outcome, exitCode, message));
    } catch (IOException e) {
      System.err.println("The termination log " + file + " can not be written: " + e);
    }
  }

  /** As much of log and message as there is room for; how much that is, only the JSON tells. */
  private byte[] json(Outcome outcome, int exitCode, String message) throws IOException {
    Deque<String> log = new ArrayDeque<>(outcome == Outcome.Succeeded ? List.of() : output.lines());
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("outcome", outcome.name());
    words.put("exitCode", exitCode);
    words.put("message", message);
    words.put("log", log);
    byte[] json = JSON.writeValueAsBytes(words);
    int kept = message.length();
    while (json.length > MOST_BYTES) {
      if (kept > LONGEST_MESSAGE || log.isEmpty()) {
        kept -= Math.max(1, kept / 10);
        words.put("message", message.substring(0, kept) + " ...");
      } else {
        log.removeFirst();
      }
      json = JSON.writeValueAsBytes(words);
    }
    return json;
  }
}
