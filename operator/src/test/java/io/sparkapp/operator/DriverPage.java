package io.sparkapp.operator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Spark's own page at the port of a driver that is up to something: it sets a cookie of ours, and
 * sends on to itself.
 */
final class DriverPage implements AutoCloseable {

  private final HttpServer server;
  private final Queue<Map<String, List<String>>> heard = new ConcurrentLinkedQueue<>();

  private DriverPage(HttpServer server) {
    this.server = server;
  }

  /** At any path; {@code /moves} sends on to {@code /jobs/}. */
  static DriverPage serving(String html) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    DriverPage driver = new DriverPage(server);
    byte[] page = html.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          driver.heard.add(Map.copyOf(exchange.getRequestHeaders()));
          exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
          exchange.getResponseHeaders().set("Set-Cookie", "sparkapp-token=stolen");
          exchange
              .getResponseHeaders()
              .set("Location", "http://127.0.0.1:" + driver.port() + "/jobs/");
          boolean moves = exchange.getRequestURI().getPath().equals("/moves");
          exchange.sendResponseHeaders(moves ? 302 : 200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return driver;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The headers of each request that came through. */
  Queue<Map<String, List<String>>> heard() {
    return heard;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
