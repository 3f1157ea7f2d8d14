package io.sparkapp.driver;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server with files that a test put there, and a Maven repository below {@code /maven}. */
final class LoopbackServer implements AutoCloseable {

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] content = files.get(path);
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(
              content == null ? 404 : 200, content == null || head ? -1 : content.length);
          if (content != null && !head) {
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(content);
            }
          }
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The address of the Maven repository. */
  String maven() {
    return url() + "/maven";
  }

  /** What was asked for, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  String put(String path, byte[] content) {
    files.put(path, content);
    return url() + path;
  }

  /**
   * Publishes an artifact.
   *
   * @param dependency coordinates of what it depends on; empty for nothing
   */
  LoopbackServer publish(String coordinates, byte[] jar, String dependency) {
    String[] parts = coordinates.split(":");
    String base =
        "/maven/%s/%s/%s/%s-%s"
            .formatted(parts[0].replace('.', '/'), parts[1], parts[2], parts[1], parts[2]);
    files.put(base + ".jar", jar);
    String needed =
        dependency.isEmpty()
            ? ""
            : "<dependencies><dependency>" + elements(dependency) + "</dependency></dependencies>";
    files.put(
        base + ".pom",
        ("<project><modelVersion>4.0.0</modelVersion>"
                + elements(coordinates)
                + needed
                + "</project>")
            .getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static String elements(String coordinates) {
    String[] parts = coordinates.split(":");
    return "<groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
        .formatted(parts[0], parts[1], parts[2]);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
