package io.sparkapp.operator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /healthz} (the process should be kept), {@code /readyz} (its caches are filled) and {@code
 * /metrics} (Prometheus text format).
 */
public final class Endpoints implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads;

  private Endpoints(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Serves at once.
   *
   * @param address port 0 picks a free one
   * @throws IOException when the port is taken
   */
  public static Endpoints serve(
      InetSocketAddress address,
      BooleanSupplier healthy,
      BooleanSupplier ready,
      Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "endpoints");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/healthz", exchange -> probe(exchange, healthy));
    server.createContext("/readyz", exchange -> probe(exchange, ready));
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.start();
    return new Endpoints(server, threads);
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void probe(HttpExchange exchange, BooleanSupplier good) throws IOException {
    boolean isGood = good.getAsBoolean();
    answer(
        exchange,
        isGood ? OK : UNAVAILABLE,
        "text/plain; charset=utf-8",
        isGood ? "ok\n" : "not yet\n");
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
