package io.sparkapp.operator.web;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.operator.applicationmaster.Observed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands on the pages that a driver serves itself. Whoever wrote the application decides what is in
 * them, so they are kept apart: they get nothing of the request but its path, and the browser keeps
 * them in a sandbox, where they are of no origin and have no cookie. Only reading goes through.
 */
final class SparkUi {

  /** Nothing of ours is within reach; to the page's own driver they may talk. */
  static final String POLICY =
      "sandbox allow-scripts allow-forms allow-popups allow-downloads allow-modals;"
          + " default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'self';"
          + " frame-ancestors 'none'; base-uri 'none'";

  /** A page in a sandbox has no storage; those of Spark want one to remember what is folded. */
  static final String STORAGE = "sparkapp-storage.js";

  private static final int DEFAULT_PORT = 4040;
  private static final int LEAST_PORT = 1024;
  private static final int MOST_HTML = 32 * 1024 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private HttpClient client;

  /** Where the driver serves its pages; empty when it does not, or they must not be reached. */
  static Optional<URI> target(Observed observed) {
    Map<String, String> conf =
        Optional.ofNullable(observed.app().getSpec().sparkConf()).orElse(Map.of());
    if ("false".equals(conf.get("spark.ui.enabled"))) {
      return Optional.empty();
    }
    return observed
        .driver()
        .filter(pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()))
        // It would lead to the ports of a node.
        .filter(pod -> !Boolean.TRUE.equals(pod.getSpec().getHostNetwork()))
        .map(SparkUi::address)
        .filter(ip -> !ip.isEmpty())
        .flatMap(
            ip ->
                port(conf.get("spark.ui.port"))
                    .map(port -> URI.create("http://" + ip + ":" + port)));
  }

  private static String address(Pod pod) {
    String ip = pod.getStatus().getPodIP();
    return ip == null ? "" : ip.contains(":") ? "[" + ip + "]" : ip;
  }

  private static Optional<Integer> port(String written) {
    if (written == null) {
      return Optional.of(DEFAULT_PORT);
    }
    return Optional.of(written)
        .filter(text -> text.matches("[1-9][0-9]{3,4}"))
        .map(Integer::valueOf)
        .filter(port -> port >= LEAST_PORT && port <= 65535);
  }

  /**
   * @param base where the pages are for the browser, without a slash at its end
   * @param path path and query at the driver, with a slash at its beginning
   */
  Answer fetch(URI driver, String base, String path) {
    HttpResponse<InputStream> response;
    try {
      response =
          client()
              .send(
                  HttpRequest.newBuilder(URI.create(driver + path))
                      .timeout(ANSWER)
                      // Spark puts this before all its links.
                      .header("X-Forwarded-Context", base)
                      .build(),
                  HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw AnswerException.badGateway(
          "The driver does not answer at port "
              + driver.getPort()
              + ": it may have ended, its Spark UI may listen elsewhere, or a NetworkPolicy keeps"
              + " the operator out.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerException.unavailable("The operator ends.");
    }
    return handedOn(response, driver, base);
  }

  private static Answer handedOn(HttpResponse<InputStream> response, URI driver, String base) {
    Map<String, String> headers = new LinkedHashMap<>(sandboxed());
    response.headers().firstValue("Content-Type").ifPresent(it -> headers.put("Content-Type", it));
    response
        .headers()
        .firstValue("Content-Disposition")
        .ifPresent(it -> headers.put("Content-Disposition", it));
    response
        .headers()
        .firstValue("Location")
        .ifPresent(it -> headers.put("Location", location(it, driver, base)));
    if (!headers.getOrDefault("Content-Type", "").startsWith("text/html")) {
      return new Answer.Streamed(response.statusCode(), headers, response.body());
    }
    try (InputStream body = response.body()) {
      return new Answer.Whole(
          response.statusCode(), headers, withStorage(body.readNBytes(MOST_HTML), base));
    } catch (IOException e) {
      throw AnswerException.badGateway("The driver's answer broke off.");
    }
  }

  /**
   * What all answers carry that somebody else made. They are of no origin, so any may read them.
   */
  static Map<String, String> sandboxed() {
    return Map.of(
        "Content-Security-Policy",
        POLICY,
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Allow-Headers",
        "X-Requested-With");
  }

  /** Drivers name themselves by their pod's address, where no browser gets to. */
  static String location(String said, URI driver, String base) {
    String own = driver.toString();
    String path = said.startsWith(own) ? said.substring(own.length()) : said;
    if (!path.startsWith("/") || path.startsWith("//")) {
      return base + "/";
    }
    return path.startsWith(base + "/") ? path : base + path;
  }

  private static byte[] withStorage(byte[] page, String base) {
    String html = new String(page, StandardCharsets.ISO_8859_1);
    int head = html.indexOf("<head>");
    if (head < 0) {
      return page;
    }
    String script = "<script src=\"" + base + "/" + STORAGE + "\"></script>";
    return new StringBuilder(html)
        .insert(head + "<head>".length(), script)
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Nobody may ever look: it is made for the first who does. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return client;
  }
}
