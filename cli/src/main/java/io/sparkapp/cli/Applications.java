package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sparkapp.crds.SparkApp;

/** Finds applications. */
final class Applications {

  private final KubernetesClient client;

  Applications(KubernetesClient client) {
    this.client = client;
  }

  String namespace() {
    return client.getConfiguration().getNamespace();
  }

  Resource<SparkApp> resource(String name) {
    return client.resources(SparkApp.class).inNamespace(namespace()).withName(name);
  }

  /**
   * @throws CommandFailure when there is none
   */
  SparkApp get(String name) {
    SparkApp app = resource(name).get();
    if (app == null) {
      throw CommandFailure.failed(
          "There is no application " + name + " in namespace " + namespace() + ".");
    }
    return app;
  }
}
