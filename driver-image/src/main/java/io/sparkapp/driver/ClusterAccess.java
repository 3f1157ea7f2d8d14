package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The way to a cluster that a user's own process has: kubectl's configuration, or in a pod its
 * service account.
 *
 * @param apiServer the API server
 * @param namespace where things are when nobody says where
 */
record ClusterAccess(ApiServer apiServer, String namespace) {

  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /**
   * @param contextName of the kubeconfig; null for its current one
   * @throws IOException when there is none, in a sentence
   */
  static ClusterAccess find(Map<String, String> environment, String contextName)
      throws IOException {
    Optional<KubeConfig> config =
        KubeConfig.read(
            KubeConfig.usualFiles(environment, Path.of(System.getProperty("user.home", "/"))),
            contextName);
    if (config.isPresent()) {
      return of(config.get(), environment);
    }
    if (environment.containsKey("KUBERNETES_SERVICE_HOST")
        && Files.isReadable(SERVICE_ACCOUNT.resolve("token"))) {
      return new ClusterAccess(
          ApiServer.ofPod(DriverEnvironment.apiServer(environment), SERVICE_ACCOUNT),
          Files.readString(SERVICE_ACCOUNT.resolve("namespace")).strip());
    }
    throw new IOException(
        "There is no way to a Kubernetes cluster: neither KUBECONFIG nor ~/.kube/config names a"
            + " kubeconfig that is there, and this is not a pod with a service account.");
  }

  private static ClusterAccess of(KubeConfig config, Map<String, String> environment)
      throws IOException {
    JsonNode cluster = config.cluster();
    JsonNode user = config.user();
    try {
      ExecCredential plugin = ExecCredential.of(user, config, environment);
      Optional<Tls.Identity> identity = identity(config, user);
      if (identity.isEmpty()) {
        identity = plugin.identity();
      }
      return new ClusterAccess(
          new ApiServer(
              URI.create(cluster.path("server").asText()),
              Tls.context(
                  config.bytes(cluster, "certificate-authority"),
                  identity,
                  cluster.path("insecure-skip-tls-verify").asBoolean()),
              credentials(config, user, plugin)),
          config.namespace());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "The kubeconfig in " + config.directory() + " can not be used: " + e.getMessage(), e);
    }
  }

  private static Optional<Tls.Identity> identity(KubeConfig config, JsonNode user)
      throws IOException {
    Optional<byte[]> certificate = config.bytes(user, "client-certificate");
    Optional<byte[]> key = config.bytes(user, "client-key");
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(new Tls.Identity(certificate.get(), key.get()))
        : Optional.empty();
  }

  private static ApiServer.Credentials credentials(
      KubeConfig config, JsonNode user, ExecCredential plugin) {
    if (user.hasNonNull("tokenFile")) {
      Path file = config.path(user.get("tokenFile").asText());
      return () -> Optional.of("Bearer " + Files.readString(file).strip());
    }
    if (user.hasNonNull("token")) {
      String value = "Bearer " + user.get("token").asText();
      return () -> Optional.of(value);
    }
    if (user.hasNonNull("username")) {
      String pair = user.get("username").asText() + ":" + user.path("password").asText();
      String value =
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      return () -> Optional.of(value);
    }
    return plugin;
  }
}
