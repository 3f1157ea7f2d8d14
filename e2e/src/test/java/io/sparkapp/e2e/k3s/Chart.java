package io.sparkapp.e2e.k3s;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The product's chart, installed by Helm as a user would. */
final class Chart {

  static final String NAMESPACE = "sparkapp-system";
  static final String RELEASE = "sparkapp";

  private static final String DEPLOYMENT = "sparkapp-operator";
  private static final int SECONDS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path kubeconfig;
  private final KubernetesClient client;
  private final Helm helm = new Helm(Home.of("helm/sparkapp-operator"));

  /** Whether the release that tests share has the chart's own values. */
  private boolean asItComes;

  /**
   * @param kubeconfig a file
   * @param client for the same cluster
   */
  Chart(Path kubeconfig, KubernetesClient client) {
    this.kubeconfig = kubeconfig;
    this.client = client;
  }

  /** Installs the release that tests share, or brings it back to the chart's own values. */
  synchronized void ensureInstalled() {
    if (!asItComes) {
      upgrade(RELEASE, NAMESPACE, Map.of());
      asItComes = true;
    }
    client
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(DEPLOYMENT)
        .waitUntilReady(SECONDS, TimeUnit.SECONDS);
  }

  /** Installs a release and waits until it is ready. */
  Release install(String release, String namespace, Map<String, Object> values) {
    return withFile(
        values,
        file ->
            helm.install()
                .withName(release)
                .withNamespace(namespace)
                .createNamespace()
                .withKubeConfig(kubeconfig)
                .withValuesFile(file)
                .waitReady()
                .withTimeout(SECONDS)
                .call());
  }

  /** Installs or upgrades a release to exactly these values and waits until it is ready. */
  synchronized Release upgrade(String release, String namespace, Map<String, Object> values) {
    asItComes = false;
    return withFile(
        values,
        file ->
            helm.upgrade()
                .install()
                .resetValues()
                .withName(release)
                .withNamespace(namespace)
                .createNamespace()
                .withKubeConfig(kubeconfig)
                .withValuesFile(file)
                .waitReady()
                .withTimeout(SECONDS)
                .call());
  }

  synchronized void uninstall(String release, String namespace) {
    asItComes = false;
    Helm.uninstall(release)
        .withNamespace(namespace)
        .withKubeConfig(kubeconfig)
        .ignoreNotFound()
        .call();
  }

  /** Runs the release's own tests. */
  Release test(String release, String namespace) {
    return Helm.test(release)
        .withNamespace(namespace)
        .withKubeConfig(kubeconfig)
        .withTimeout(SECONDS)
        .call();
  }

  private interface WithValues {
    Release call(Path file);
  }

  /** JSON is YAML. */
  private static Release withFile(Map<String, Object> values, WithValues command) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        JSON.writeValue(file.toFile(), values);
        return command.call(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
