package io.sparkapp.local.archives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as an operator talks to, so that the classes which it needs for that are
 * in its archive: a small cluster in pages, one application that waits for its pods, which run as
 * soon as they are made, and watches that tell of them.
 */
final class TrainingClusterServer implements AutoCloseable {

  private static final String JSON_TYPE = "application/json";
  private static final String PROTOBUF_TYPE = "application/vnd.kubernetes.protobuf";
  private static final String VERSIONS = "as=PartialObjectMetadataList";
  private static final String PODS = "api/v1/pods";
  private static final String APPLICATIONS = "apis/sparkapp.io/v1alpha1/sparkapps";
  private static final Pattern CONTINUE = Pattern.compile("(?:^|&)continue=(\\d+)");
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;

  /** The answer to any review of rights. */
  private static final String ALLOWED =
      """
      {"allowed": true, "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}
      """;

  /** What a kubelet makes of a pod; its container has the name of its role. */
  private static final String RUNS =
      """
      {
        "spec": {"nodeName": "node"},
        "status": {
          "phase": "Running",
          "podIP": "127.0.0.1",
          "conditions": [{"type": "Ready", "status": "True"}],
          "containerStatuses": [
            {"name": "%s", "restartCount": 0, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}
          ]
        }
      }
      """;

  private final TrainingObjects objects = TrainingObjects.first();
  private final CompletableFuture<Void> running = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpsServer server;

  /**
   * Serves on a loopback port.
   *
   * @param serviceAccount gets {@code token} and {@code ca.crt}, as the kubelet would put them
   */
  TrainingClusterServer(Path serviceAccount) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(LoopbackCertificate.make(serviceAccount)));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Completes when the operator has written that its application runs. */
  CompletableFuture<Void> running() {
    return running;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = TrainingObjects.JSON.readTree(exchange.getRequestBody());
      ResourcePath path = ResourcePath.of(exchange.getRequestURI().getPath());
      switch (exchange.getRequestMethod()) {
        case "GET" -> read(exchange, path);
        case "POST" -> send(exchange, CREATED, created(path, (ObjectNode) body));
        case "PUT" -> send(exchange, OK, objects.replace(path, (ObjectNode) body));
        case "PATCH" -> send(exchange, OK, patched(path, body));
        default -> send(exchange, OK, status("Success", OK));
      }
    }
  }

  private ObjectNode created(ResourcePath path, ObjectNode object) throws IOException {
    if (path.kind().endsWith("reviews")) {
      object.set("status", TrainingObjects.JSON.readTree(ALLOWED));
    }
    ObjectNode created = objects.create(path, object);
    if (path.kind().equals(PODS)) {
      String role = object.at("/metadata/labels").path("sparkapp.io/role").asText();
      objects.patch(
          path.withName(object.at("/metadata/name").asText()),
          TrainingObjects.JSON.readTree(RUNS.formatted(role)));
    }
    return created;
  }

  private ObjectNode patched(ResourcePath path, JsonNode patch) throws IOException {
    ObjectNode patched = objects.patch(path, patch);
    if (path.kind().equals(APPLICATIONS)
        && patched.at("/status/phase").asText().equals("Running")) {
      running.complete(null);
    }
    return patched;
  }

  private void read(HttpExchange exchange, ResourcePath path) throws IOException {
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      // So answers an API server that has no web sockets; the client does without.
      exchange.sendResponseHeaders(OK, -1);
    } else if (query.contains("watch=true")) {
      watch(exchange, path);
    } else if (path.name().isEmpty()) {
      list(exchange, path, query);
    } else {
      Optional<ObjectNode> found = objects.get(path);
      send(
          exchange,
          found.isPresent() ? OK : NOT_FOUND,
          found.orElseGet(() -> status("Failure", NOT_FOUND)));
    }
  }

  private void watch(HttpExchange exchange, ResourcePath path) throws IOException {
    BlockingQueue<byte[]> news = objects.watch(path);
    exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
    exchange.sendResponseHeaders(OK, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    try {
      while (true) {
        out.write(news.take());
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where pages are asked for, one object each; in Protocol Buffers, where they are asked. */
  private void list(HttpExchange exchange, ResourcePath path, String query) throws IOException {
    Matcher from = CONTINUE.matcher(query);
    int first = from.find() ? Integer.parseInt(from.group(1)) : 0;
    String accepted =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse("");
    List<ObjectNode> all = objects.list(path);
    if (accepted.contains(VERSIONS)) {
      send(exchange, OK, PROTOBUF_TYPE, ListBytes.versions(all));
    } else if (accepted.startsWith(PROTOBUF_TYPE)) {
      send(exchange, OK, PROTOBUF_TYPE, ListBytes.pods(first == 0 ? "1" : ""));
    } else {
      int end = query.contains("limit=") ? Math.min(first + 1, all.size()) : all.size();
      send(exchange, OK, page(all.subList(first, end), end < all.size() ? "" + end : ""));
    }
  }

  /** In the order in which API servers write custom resources. */
  private static ObjectNode page(List<ObjectNode> objects, String next) {
    ObjectNode list = TrainingObjects.JSON.createObjectNode().put("apiVersion", "v1");
    ArrayNode items = list.putArray("items");
    objects.forEach(items::add);
    list.put("kind", "List")
        .putObject("metadata")
        .put("continue", next)
        .put("resourceVersion", "1");
    return list;
  }

  private static ObjectNode status(String status, int code) {
    return TrainingObjects.JSON
        .createObjectNode()
        .put("apiVersion", "v1")
        .put("kind", "Status")
        .put("status", status)
        .put("code", code);
  }

  private static void send(HttpExchange exchange, int code, ObjectNode object) throws IOException {
    send(exchange, code, JSON_TYPE, object.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] bytes)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
