package io.sparkapp.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a driver leaves behind for the operator: one JSON object in the container's termination log,
 * written once. Later words are not heard.
 */
final class LastWords {

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

  private final Path file;
  private boolean spoken;

  LastWords(Path file) {
    this.file = file;
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

  /** As much of the message as there is room for; how much that is, only the JSON itself tells. */
  private static byte[] json(Outcome outcome, int exitCode, String message) throws IOException {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("outcome", outcome.name());
    words.put("exitCode", exitCode);
    words.put("message", message);
    byte[] json = new ObjectMapper().writeValueAsBytes(words);
    int kept = message.length();
    while (json.length > MOST_BYTES) {
      kept -= Math.max(1, kept / 10);
      words.put("message", message.substring(0, kept) + " ...");
      json = new ObjectMapper().writeValueAsBytes(words);
    }
    return json;
  }
}
