package io.sparkapp.operator;

/** What the JDK's HTTP server reads from system properties, before the first is made. */
final class HttpServerSettings {

  private HttpServerSettings() {}

  /** What somebody has set on the command line stays. */
  static void set() {
    // Answers are written at once: else each waits for the other side's acknowledgement.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
    // Seconds within which a request has to be sent, so that a slow one does not keep a thread.
    setIfAbsent("sun.net.httpserver.maxReqTime", "20");
  }

  private static void setIfAbsent(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
