package io.sparkapp.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program wrote to its terminal and when, as asciinema's files of version 2 have it.
 *
 * @param events in the order of time
 */
record TerminalRecording(List<Event> events) {

  static final int COLUMNS = 100;
  static final int ROWS = 30;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK = 4096;

  /** Up some lines; any other control sequence; the end of a line. */
  private static final Pattern CONTROL =
      Pattern.compile("\u001b\\[(\\d+)A|\u001b\\[[0-9;?]*[A-Za-z]|\r?\n|\r");

  /**
   * @param seconds since the start
   */
  record Event(double seconds, String text) {}

  /** Runs a shell's command line on a terminal of this size, to its end. */
  static TerminalRecording of(LocalInstallation installation, String commandLine)
      throws IOException, InterruptedException {
    String sized = "stty cols %d rows %d; %s".formatted(COLUMNS, ROWS, commandLine);
    long start = System.nanoTime();
    Process process = installation.builder(List.of("script", "-qec", sized, "/dev/null")).start();
    process.getOutputStream().close();
    List<Event> events = new ArrayList<>();
    try (InputStreamReader terminal =
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      char[] chunk = new char[CHUNK];
      for (int read = terminal.read(chunk); read > 0; read = terminal.read(chunk)) {
        double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        events.add(new Event(seconds, new String(chunk, 0, read)));
      }
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(commandLine + " ended with " + code + ": " + text(events));
    }
    return new TerminalRecording(List.copyOf(events));
  }

  static TerminalRecording read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
      JsonNode event = JSON.readTree(line);
      events.add(new Event(event.get(0).asDouble(), event.get(2).asText()));
    }
    return new TerminalRecording(events);
  }

  void write(Path file, String title) throws IOException {
    ObjectNode head = JSON.createObjectNode();
    head.put("version", 2).put("width", COLUMNS).put("height", ROWS).put("title", title);
    List<String> lines = new ArrayList<>(List.of(head.toString()));
    for (Event event : events) {
      lines.add(JSON.createArrayNode().add(event.seconds()).add("o").add(event.text()).toString());
    }
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /** All of it, with control sequences. */
  String text() {
    return text(events);
  }

  private static String text(List<Event> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.text()));
    return text.toString();
  }

  /** The lines that are there at the end: what was drawn and wiped again is not. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String text = text();
    Matcher control = CONTROL.matcher(text);
    StringBuilder line = new StringBuilder();
    int from = 0;
    while (control.find()) {
      line.append(text, from, control.start());
      from = control.end();
      if (control.group(1) != null) {
        int kept = Math.max(0, lines.size() - Integer.parseInt(control.group(1)));
        lines.subList(kept, lines.size()).clear();
      } else if (control.group().endsWith("\n")) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    return lines;
  }
}
