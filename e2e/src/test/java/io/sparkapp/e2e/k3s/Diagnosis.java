package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What the cluster says of a test that failed: objects, events and logs, in one file. */
final class Diagnosis {

  private final StringBuilder text = new StringBuilder();

  private Diagnosis() {}

  static Diagnosis of(Cluster cluster, Applications applications) {
    Diagnosis diagnosis = new Diagnosis();
    KubernetesClient client = cluster.client();
    String namespace = applications.namespace();
    diagnosis.objects(
        () -> client.resources(SparkApp.class).inNamespace(namespace).list().getItems());
    diagnosis.objects(
        () -> client.resources(ExecutorRequest.class).inNamespace(namespace).list().getItems());
    diagnosis.objects(() -> client.pods().inNamespace(namespace).list().getItems());
    diagnosis.events(client, namespace);
    diagnosis.logs(client, namespace);
    diagnosis.logs(client, Chart.NAMESPACE);
    return diagnosis;
  }

  void write(String test) {
    try {
      Path folder = Files.createDirectories(Home.of("e2e/target/e2e-diagnosis"));
      Files.writeString(folder.resolve(test + ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void objects(Supplier<? extends List<?>> list) {
    attempt(
        "objects",
        () -> {
          StringBuilder all = new StringBuilder();
          list.get().forEach(object -> all.append(Serialization.asYaml(object)));
          return all.toString();
        });
  }

  private void events(KubernetesClient client, String namespace) {
    attempt(
        "events",
        () -> {
          StringBuilder all = new StringBuilder();
          client
              .v1()
              .events()
              .inNamespace(namespace)
              .list()
              .getItems()
              .forEach(
                  event ->
                      all.append(event.getLastTimestamp())
                          .append(' ')
                          .append(event.getInvolvedObject().getName())
                          .append(' ')
                          .append(event.getReason())
                          .append(": ")
                          .append(event.getMessage())
                          .append('\n'));
          return all.toString();
        });
  }

  private void logs(KubernetesClient client, String namespace) {
    for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
      String name = pod.getMetadata().getName();
      attempt(
          "log of " + namespace + "/" + name,
          () -> client.pods().inNamespace(namespace).withName(name).getLog());
    }
  }

  /** A part that can not be had does not keep the others from being told. */
  private void attempt(String title, Supplier<String> part) {
    text.append("==== ").append(title).append('\n');
    try {
      text.append(part.get()).append('\n');
    } catch (KubernetesClientException e) {
      text.append(e.getMessage()).append('\n');
    }
  }
}
