package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The applications of one test: they have a namespace of their own, which takes only pods that keep
 * to Pod Security "restricted", and go with it.
 *
 * @param client an administrator's client
 * @param namespace the namespace's name
 */
record Applications(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final Duration LONGEST_TO_A_MINUTES_BEGIN = Duration.ofMinutes(3);

  static Applications in(KubernetesClient client, String namespace) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    return new Applications(client, namespace);
  }

  /** Applies one of the project's examples as it stands, with all that is in its file. */
  Application applyExample(String file) {
    try (InputStream yaml = Files.newInputStream(Home.of("examples").resolve(file))) {
      return client.load(yaml).inNamespace(namespace).create().stream()
          .filter(object -> "SparkApp".equals(object.getKind()))
          .map(app -> new Application(client, namespace, app.getMetadata().getName()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies an example that is a schedule, and waits for the first application that it starts. */
  Application firstRunOf(String file) {
    try (InputStream yaml = Files.newInputStream(Home.of("examples").resolve(file))) {
      ScheduledSparkApp schedule =
          client
              .resource(Serialization.unmarshal(yaml, ScheduledSparkApp.class))
              .inNamespace(namespace)
              .create();
      ScheduledSparkApp started =
          client
              .resource(schedule)
              .waitUntilCondition(
                  seen -> seen.getStatus() != null && seen.getStatus().lastApp() != null,
                  LONGEST_TO_A_MINUTES_BEGIN.toSeconds(),
                  TimeUnit.SECONDS);
      return new Application(client, namespace, started.getStatus().lastApp());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies an application whose pods request little CPU: the machine may have two cores. */
  Application apply(Manifest manifest) {
    SparkApp created = client.resource(manifest.onFewCores().in(namespace)).create();
    return new Application(client, namespace, created.getMetadata().getName());
  }

  /** Deletes the namespace with all that is in it; processes do not get time to say goodbye. */
  @Override
  public void close() {
    client.resources(ScheduledSparkApp.class).inNamespace(namespace).delete();
    client.resources(SparkApp.class).inNamespace(namespace).delete();
    client.pods().inNamespace(namespace).withGracePeriod(0).delete();
    client.namespaces().withName(namespace).delete();
  }
}
