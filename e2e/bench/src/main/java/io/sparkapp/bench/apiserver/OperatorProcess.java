package io.sparkapp.bench.apiserver;

import io.sparkapp.bench.Child;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The operator as a process of its own, with the rights of its ClusterRole, and started as its
 * image starts it, so that its heap, processor time and calls are its own.
 */
final class OperatorProcess implements AutoCloseable {

  private static final Pattern CALLS =
      Pattern.compile(
          "(?m)^sparkapp_api_calls_total\\{code=\"\\d+\",resource=\"([^\"]*)\",verb=\"([^\"]*)\"\\}"
              + " (\\S+)$");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /** Of its JVM besides, such as a flight recording; by blanks. */
  private static final List<String> OPTIONS =
      Pattern.compile(" ")
          .splitAsStream(System.getProperty("operator.options", ""))
          .filter(option -> !option.isEmpty())
          .toList();

  private static final int OK = 200;

  private final Child child;
  private final URI endpoints;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Child child, URI endpoints) {
    this.child = child;
    this.endpoints = endpoints;
  }

  /**
   * Starts it and returns at once.
   *
   * @param heap its largest, like {@code 512m}
   */
  static OperatorProcess start(BenchCluster cluster, String heap) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> jvm = new ArrayList<>();
    jvm.add("-Xmx" + heap);
    // What a JVM chooses in a container of the chart's size.
    if (OPTIONS.stream().noneMatch(option -> option.endsWith("GC"))) {
      jvm.add("-XX:+UseSerialGC");
    }
    jvm.addAll(OPTIONS);
    Path log = Results.file("operator.log");
    ProcessBuilder builder =
        new ProcessBuilder(cluster.operator().command(jvm))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("KUBECONFIG", cluster.plane().operatorKubeconfig().toString());
    builder.environment().put("SPARKAPP_ENDPOINTS_HOST", "127.0.0.1");
    builder.environment().put("SPARKAPP_ENDPOINTS_PORT", Integer.toString(port));
    return new OperatorProcess(
        new Child(builder.start(), "The operator", log), URI.create("http://127.0.0.1:" + port));
  }

  OperatorProcess awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .failFast(child::requireAlive)
        .ignoreExceptions()
        .until(() -> get("/readyz").statusCode() == OK);
    return this;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(endpoints.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The calls that it has made so far and that were answered, by verb and resource. */
  Map<String, Long> calls() throws IOException, InterruptedException {
    Map<String, Long> calls = new TreeMap<>();
    Matcher line = CALLS.matcher(get("/metrics").body());
    while (line.find()) {
      calls.merge(
          line.group(2) + " " + line.group(1), (long) Double.parseDouble(line.group(3)), Long::sum);
    }
    return calls;
  }

  /** Processor time that it has used so far. */
  Duration cpu() {
    return child
        .process()
        .toHandle()
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("The system does not tell processor time."));
  }

  /**
   * Bytes of all that can still be reached.
   *
   * @param histogram the file among the results that says of what
   */
  long heapAfterCollection(String histogram) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(child.process().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    Files.writeString(Results.file(histogram), text);
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IllegalStateException("jcmd told no histogram: " + text);
    }
    return Long.parseLong(total.group(1));
  }

  @Override
  public void close() {
    child.close();
  }
}
