package io.sparkapp.driver;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** A kubelet keeps 4096 bytes; the rest of the object needs some of them. */
  private static final int LONGEST_MESSAGE = 3500;

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
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("outcome", outcome.name());
    words.put("exitCode", exitCode);
    words.put("message", shortened(message));
    try {
      Files.writeString(file, new ObjectMapper().writeValueAsString(words));
    } catch (IOException e) {
      System.err.println("The termination log " + file + " can not be written: " + e);
    }
  }

  private static String shortened(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_MESSAGE
        ? message
        : message.substring(0, Math.min(message.length(), LONGEST_MESSAGE / 3)) + " ...";
  }
}
