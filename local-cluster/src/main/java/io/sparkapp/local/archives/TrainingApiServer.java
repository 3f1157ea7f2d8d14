package io.sparkapp.local.archives;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of an API server as a driver talks to, so that the classes which it needs for that are in
 * its archive: TLS, a request that is read and patched, and a watch that has no news.
 */
public final class TrainingApiServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final byte[] request;

  /**
   * Serves on a loopback port.
   *
   * @param request the ExecutorRequest's name
   * @param serviceAccount gets {@code token} and {@code ca.crt}, as the kubelet would put them
   */
  public TrainingApiServer(String request, Path serviceAccount) throws IOException {
    this.request =
        JSON.writeValueAsBytes(
            Map.of(
                "apiVersion",
                "sparkapp.io/v1alpha1",
                "kind",
                "ExecutorRequest",
                "metadata",
                Map.of("name", request, "resourceVersion", "1"),
                "status",
                Map.of()));
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(LoopbackCertificate.make(serviceAccount)));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      String query = exchange.getRequestURI().getQuery();
      if (query != null && query.contains("watch=true")) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        closed.await();
      } else {
        exchange.sendResponseHeaders(200, request.length);
        exchange.getResponseBody().write(request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
