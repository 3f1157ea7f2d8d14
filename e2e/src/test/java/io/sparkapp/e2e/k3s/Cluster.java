package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/**
 * The k3s node with the product's images, and the chart that may be installed there.
 *
 * @param node the node
 * @param client an administrator's client
 * @param chart the product's chart, for the release that tests share
 */
record Cluster(K3sNode node, KubernetesClient client, Chart chart) implements AutoCloseable {

  /**
   * Starts one.
   *
   * @param shared folders of this machine that the node has at the same paths
   */
  static Cluster start(Path... shared) {
    K3sNode node = K3sNode.start(shared);
    try {
      node.load(ProductImages.built());
      KubernetesClient client =
          new KubernetesClientBuilder()
              .withConfig(Config.fromKubeconfig(node.kubeconfig().toFile()))
              .build();
      return new Cluster(node, client, new Chart(node.kubeconfig(), client));
    } catch (RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  @Override
  public void close() {
    client.close();
    node.close();
  }
}
