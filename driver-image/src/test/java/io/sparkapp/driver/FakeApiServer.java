package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An API server that knows one ExecutorRequest: get, merge patch of its spec, watch. */
final class FakeApiServer implements AutoCloseable {

  /** How it behaves. */
  enum Mood {
    Well,
    /** Every call fails at once, and watches are cut. */
    Away,
    /** Calls are taken and never answered. */
    Hanging
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/apis/sparkapp.io/v1alpha1/namespaces/jobs/executorrequests";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Consumer<JsonNode> onPatch;
  private final ObjectNode request;
  private Mood mood = Mood.Well;
  private long version = 1;
  private int refusals;

  private FakeApiServer(HttpsServer server, ObjectNode request, Consumer<JsonNode> onPatch) {
    this.server = server;
    this.request = request;
    this.onPatch = onPatch;
  }

  /** Serves, and leaves {@code token} and {@code ca.crt} in the directory. */
  static FakeApiServer start(Path directory, Consumer<JsonNode> onPatch) throws Exception {
    Path store = directory.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=api",
        "-ext",
        "SAN=IP:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString(),
        "-file",
        directory.resolve("ca.crt").toString());
    Files.writeString(directory.resolve("token"), "token-of-the-driver\n");
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    ObjectNode request = JSON.createObjectNode();
    request.putObject("metadata").put("name", "app-1").put("resourceVersion", "1");
    request.putObject("spec");
    request.putObject("status").putArray("ended");
    FakeApiServer fake = new FakeApiServer(server, request, onPatch);
    server.setExecutor(fake.threads);
    server.createContext("/", fake::handle);
    server.start();
    return fake;
  }

  int port() {
    return server.getAddress().getPort();
  }

  synchronized void become(Mood other) {
    mood = other;
    notifyAll();
  }

  /** How many calls failed because it was away. */
  synchronized int refusals() {
    return refusals;
  }

  synchronized JsonNode spec() {
    return request.get("spec").deepCopy();
  }

  /** What the operator writes. */
  synchronized void ended(int sequence, String id, int exitCode, String cause, boolean atFault) {
    ObjectNode end = JSON.createObjectNode();
    end.put("sequence", sequence).put("id", id).put("exitCode", exitCode).put("cause", cause);
    end.put("applicationAtFault", atFault).put("message", "Executor " + id + " ended: " + cause);
    request.withObject("/status").withArray("ended").add(end);
    changed();
  }

  /** The queue takes executors of the default ResourceProfile back, but {@code total}. */
  synchronized void reclaim(int total) {
    request
        .withObject("/status")
        .putArray("reclaim")
        .addObject()
        .put("profile", 0)
        .put("total", total)
        .put("before", "2126-01-01T00:00:00Z");
    changed();
  }

  /** The queue takes none back any more. */
  synchronized void reclaimNothing() {
    request.withObject("/status").remove("reclaim");
    changed();
  }

  /** The user allows so many executors from now on. */
  synchronized void bounds(long generation, int min, int max) {
    request
        .withObject("/status/bounds")
        .put("generation", generation)
        .put("min", min)
        .put("max", max);
    changed();
  }

  private void changed() {
    version++;
    request.withObject("/metadata").put("resourceVersion", Long.toString(version));
    notifyAll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      synchronized (this) {
        while (mood == Mood.Hanging) {
          wait();
        }
        if (mood == Mood.Away) {
          refusals++;
          return;
        }
      }
      if (!"Bearer token-of-the-driver"
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, "{\"message\": \"Unauthorized\"}");
      } else if (exchange.getRequestMethod().equals("PATCH")) {
        patch(exchange);
      } else if (exchange.getRequestURI().toString().startsWith(PATH + "?watch=true")) {
        watch(exchange);
      } else {
        answer(exchange, 200, text());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void patch(HttpExchange exchange) throws IOException {
    JsonNode patch = JSON.readTree(exchange.getRequestBody());
    synchronized (this) {
      merge(request.withObject("/spec"), patch.get("spec"));
      changed();
    }
    onPatch.accept(patch.get("spec"));
    answer(exchange, 200, text());
  }

  /** RFC 7386. */
  private static void merge(ObjectNode target, JsonNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      if (member.getValue().isNull()) {
        target.remove(member.getKey());
      } else if (member.getValue().isObject()) {
        merge(
            target.path(member.getKey()).isObject()
                ? (ObjectNode) target.get(member.getKey())
                : target.putObject(member.getKey()),
            member.getValue());
      } else {
        target.set(member.getKey(), member.getValue());
      }
    }
  }

  private void watch(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long sent = -1;
    while (true) {
      String event;
      synchronized (this) {
        while (version == sent && mood == Mood.Well) {
          wait();
        }
        if (mood != Mood.Well) {
          return;
        }
        sent = version;
        event = "{\"type\": \"MODIFIED\", \"object\": " + request + "}\n";
      }
      out.write(event.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private synchronized String text() {
    return request.toString();
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("keytool: " + said);
    }
  }

  @Override
  public void close() {
    become(Mood.Away);
    server.stop(0);
    threads.shutdownNow();
  }
}
