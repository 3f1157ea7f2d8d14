package io.sparkapp.local.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a kubelet's HTTPS interface that {@code kubectl logs} needs. Listens on loopback,
 * answers one client, the API server, and nothing that would run a command.
 */
final class KubeletServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletServer.class);
  private static final int BACKLOG = 64;
  private static final String NO_COMMANDS =
      "This node runs pods as plain processes: exec, attach and port-forward are not possible; use kubectl logs, or the process itself on this machine.";

  /** Finds pods by namespace and name. */
  @FunctionalInterface
  interface Pods {
    Optional<PodRunner> find(String namespace, String name);
  }

  private final HttpsServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(NamedThreads.daemons("kubelet-server"));
  private final Pods pods;
  private final String clientName;
  private final Clock clock;

  KubeletServer(
      InetSocketAddress address, ServingContext tls, String clientName, Pods pods, Clock clock)
      throws IOException {
    this.pods = pods;
    this.clientName = clientName;
    this.clock = clock;
    this.server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(tls);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  void start() {
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (!isFromApiServer((HttpsExchange) exchange)) {
        answer(exchange, 403, "This node agent answers the API server only.");
        return;
      }
      String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
      switch (path[0]) {
        case "healthz" -> answer(exchange, 200, "ok");
        case "containerLogs" -> logs(exchange, path);
        case "exec", "attach", "portForward", "run" -> refuse(exchange);
        default -> answer(exchange, 404, "There is nothing at " + exchange.getRequestURI() + ".");
      }
    } catch (IOException e) {
      LOG.debug("A client of the node agent went away.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isFromApiServer(HttpsExchange exchange) {
    try {
      String subject = exchange.getSSLSession().getPeerPrincipal().getName();
      return new LdapName(subject)
          .getRdns().stream()
              .anyMatch(
                  part ->
                      part.getType().equalsIgnoreCase("CN") && part.getValue().equals(clientName));
    } catch (SSLPeerUnverifiedException | InvalidNameException e) {
      LOG.warn("A client without a usable name was turned away.", e);
      return false;
    }
  }

  private void logs(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
    if (path.length != 4 || !exchange.getRequestMethod().equals("GET")) {
      answer(exchange, 400, "Logs are at /containerLogs/NAMESPACE/POD/CONTAINER.");
      return;
    }
    LogRequest request;
    try {
      URI uri = exchange.getRequestURI();
      request = LogRequest.parse(uri.getRawQuery(), clock.instant());
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, e.getMessage());
      return;
    }
    Optional<PodRunner> pod = pods.find(path[1], path[2]);
    if (pod.isEmpty()) {
      answer(exchange, 404, "pod \"%s\" not found on this node".formatted(path[2]));
    } else if (request.previous()) {
      answer(
          exchange,
          400,
          "previous terminated container \"%s\" in pod \"%s\" not found"
              .formatted(path[3], path[2]));
    } else {
      send(exchange, pod.get(), path[2], path[3], request);
    }
  }

  private void send(
      HttpExchange exchange, PodRunner pod, String podName, String container, LogRequest request)
      throws IOException, InterruptedException {
    Optional<ContainerLog> live = pod.liveLog(container);
    if (live.isEmpty() && !Files.exists(pod.directory().log(container))) {
      answer(
          exchange,
          400,
          "container \"%s\" in pod \"%s\" is waiting to start".formatted(container, podName));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      LogReader reader = new LogReader(pod.directory().log(container), request, body);
      if (request.follow() && live.isPresent()) {
        reader.follow(live.get());
      } else {
        reader.send();
      }
    }
  }

  /** As a Status, for that is what the API server and kubectl take a sentence from. */
  private static void refuse(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        501,
        "application/json",
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"code\":501,\"message\":\"%s\"}"
            .formatted(NO_COMMANDS));
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    answer(exchange, code, "text/plain; charset=utf-8", text + "\n");
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }
}
