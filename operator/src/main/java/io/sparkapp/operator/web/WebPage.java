package io.sparkapp.operator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ResourceManager's page: applications, queues, and one application with all there is to tell.
 * It only shows. Every operator serves it from its own caches, the one that decides and those that
 * stand by: all that it shows is in the status of objects that each of them watches.
 */
public final class WebPage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebPage.class);

  private static final int THREADS = 16;
  private static final int IDLE_SECONDS = 10;
  private static final int KEY_BYTES = 32;

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final LiveStreams streams = new LiveStreams();
  private final Router router;

  private WebPage(HttpServer server, Router router) {
    this.server = server;
    this.router = router;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "page");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Serves at once.
   *
   * @throws IOException when the port is taken, or the certificate can not be read
   */
  public static WebPage serve(
      WebSettings settings,
      Applications applications,
      ApiServerGate gate,
      OwnRights ownRights,
      QueueHistory history,
      Clock clock)
      throws IOException {
    HttpServer server = server(settings);
    Router router =
        new Router(
            new Sessions(gate),
            new Api(applications, gate, ownRights, history, settings, clock),
            gate,
            applications,
            new Tickets(key(settings), clock));
    WebPage page = new WebPage(server, router);
    server.setExecutor(page.threads);
    server.createContext("/", page::handle);
    server.start();
    return page;
  }

  private static HttpServer server(WebSettings settings) throws IOException {
    if (settings.certificate().isEmpty()) {
      return HttpServer.create(settings.address(), 0);
    }
    HttpsServer server = HttpsServer.create(settings.address(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(ServingCertificate.in(settings.certificate().get())));
    return server;
  }

  private static byte[] key(WebSettings settings) {
    return settings
        .ticketKey()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .orElseGet(
            () -> {
              byte[] bytes = new byte[KEY_BYTES];
              new SecureRandom().nextBytes(bytes);
              return bytes;
            });
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      send(exchange, answer(exchange));
    } catch (IOException e) {
      // Whoever asked has gone: there is nobody to tell.
      exchange.close();
      throw e;
    }
  }

  private Answer answer(HttpExchange exchange) {
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange instanceof HttpsExchange,
            name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
            exchange.getRequestBody());
    try {
      Answer answer = router.answer(request);
      return answer instanceof Answer.Live && streams.full()
          ? Api.error(
              AnswerException.UNAVAILABLE,
              "Too many pages are open at this operator; this one is not live.")
          : answer;
    } catch (RuntimeException e) {
      LOG.error("{} {} was not answered", request.method(), request.path(), e);
      return Answer.text(
          500, "text/plain", "Something is wrong in the operator; its log says what.\n");
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    HEADERS.forEach(exchange.getResponseHeaders()::set);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    if (answer instanceof Answer.Live live && !bodiless) {
      exchange.sendResponseHeaders(answer.status(), 0);
      streams.add(live.watched(), exchange.getResponseBody());
    } else if (answer instanceof Answer.Streamed streamed) {
      try (exchange;
          InputStream in = streamed.body()) {
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : 0);
        if (!bodiless) {
          in.transferTo(exchange.getResponseBody());
        }
      }
    } else {
      byte[] body = answer instanceof Answer.Whole whole ? whole.body() : new byte[0];
      try (exchange) {
        exchange.sendResponseHeaders(
            answer.status(), bodiless || body.length == 0 ? -1 : body.length);
        if (!bodiless && body.length > 0) {
          OutputStream out = exchange.getResponseBody();
          out.write(body);
        }
      }
    }
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
