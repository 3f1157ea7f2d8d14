package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that a kubeconfig names to get credentials from, as clouds have it ({@code
 * client.authentication.k8s.io/v1}); it is asked again when what it gave has expired.
 */
final class ExecCredential implements ApiServer.Credentials {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Before it expires: a call takes its time. */
  private static final Duration EARLY = Duration.ofSeconds(30);

  /** The user's {@code exec} entry; empty for a user that has none. */
  private final Optional<JsonNode> exec;

  private final Path directory;
  private final Map<String, String> environment;
  private JsonNode status;

  private ExecCredential(Optional<JsonNode> exec, Path directory, Map<String, String> environment) {
    this.exec = exec;
    this.directory = directory;
    this.environment = environment;
  }

  static ExecCredential of(JsonNode user, KubeConfig config, Map<String, String> environment) {
    return new ExecCredential(
        Optional.of(user.path("exec")).filter(each -> each.hasNonNull("command")),
        config.directory(),
        environment);
  }

  @Override
  public Optional<String> authorization() throws IOException {
    return token().map(token -> "Bearer " + token);
  }

  @Override
  public synchronized void refused() {
    status = null;
  }

  Optional<String> token() throws IOException {
    return current().map(each -> each.path("token").asText(null));
  }

  Optional<Tls.Identity> identity() throws IOException {
    return current()
        .filter(each -> each.hasNonNull("clientCertificateData"))
        .map(
            each ->
                new Tls.Identity(
                    each.path("clientCertificateData").asText().getBytes(StandardCharsets.US_ASCII),
                    each.path("clientKeyData").asText().getBytes(StandardCharsets.US_ASCII)));
  }

  private synchronized Optional<JsonNode> current() throws IOException {
    if (exec.isEmpty()) {
      return Optional.empty();
    }
    if (status == null || expired(status)) {
      status = ask(exec.get());
    }
    return Optional.of(status);
  }

  private static boolean expired(JsonNode status) {
    String until = status.path("expirationTimestamp").asText("");
    return !until.isEmpty() && Instant.parse(until).minus(EARLY).isBefore(Instant.now());
  }

  private JsonNode ask(JsonNode wanted) throws IOException {
    String command = wanted.get("command").asText();
    List<String> line = new ArrayList<>();
    // As kubectl: with a slash in it, it is relative to the kubeconfig.
    line.add(command.contains("/") ? directory.resolve(command).toString() : command);
    wanted.path("args").forEach(argument -> line.add(argument.asText()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    wanted
        .path("env")
        .forEach(
            each ->
                builder.environment().put(each.path("name").asText(), each.path("value").asText()));
    builder.environment().put("KUBERNETES_EXEC_INFO", info(wanted));
    Process process = builder.start();
    // Its output ends when it does.
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    try {
      process.getOutputStream().close();
      JsonNode answer = JSON.readTree(process.getInputStream());
      if (process.waitFor() != 0) {
        throw new IOException(
            command + ", which the kubeconfig names for credentials, failed; it said why above.");
      }
      return answer.path("status");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command + " was not waited for.", e);
    } finally {
      patience.cancel(false);
      process.destroy();
    }
  }

  private static String info(JsonNode wanted) {
    ObjectNode info = JSON.createObjectNode();
    info.put("apiVersion", wanted.path("apiVersion").asText("client.authentication.k8s.io/v1"));
    info.put("kind", "ExecCredential");
    info.putObject("spec").put("interactive", false);
    return info.toString();
  }
}
