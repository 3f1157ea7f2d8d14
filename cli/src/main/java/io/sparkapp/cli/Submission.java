package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.sparkapp.crds.SparkApp;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;

/**
 * Puts an application on a cluster, in the place of a finished one of the same name. What the API
 * server refuses is refused before the finished one goes: bad input loses nothing.
 */
final class Submission {

  private static final int UNPROCESSABLE = 422;
  private static final int GONE_WITHIN_SECONDS = 60;

  private final KubernetesClient client;
  private final GenericKubernetesResource wanted;

  Submission(KubernetesClient client, GenericKubernetesResource wanted) {
    this.client = client;
    this.wanted = wanted;
  }

  /**
   * @return the metadata of what was created
   * @throws CommandFailure saying why it can not be created
   */
  ObjectMeta submit() {
    check();
    makeRoom();
    try {
      return client.resource(wanted).fieldValidation(Validation.STRICT).create().getMetadata();
    } catch (KubernetesClientException e) {
      throw refused(e);
    }
  }

  private void check() {
    try {
      client.resource(wanted).dryRun().fieldValidation(Validation.STRICT).create();
    } catch (KubernetesClientException e) {
      // Looked at after everything else: only the name is taken.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused(e);
      }
    }
  }

  /** A finished application of the same name goes; one that still runs stays, and this run ends. */
  private void makeRoom() {
    String name = wanted.getMetadata().getName();
    if (name == null) {
      // The API server makes one that nobody has.
      return;
    }
    String namespace = wanted.getMetadata().getNamespace();
    var resource = client.resources(SparkApp.class).inNamespace(namespace).withName(name);
    SparkApp there = resource.get();
    if (there == null) {
      return;
    }
    if (!StatusScreen.isFinished(there)) {
      throw CommandFailure.badInput(
          "Application %s runs already in namespace %s: wait for its end, or stop it with sparkapp kill %s."
              .formatted(name, namespace, name));
    }
    resource.delete();
    resource.waitUntilCondition(app -> app == null, GONE_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private static CommandFailure refused(KubernetesClientException e) {
    boolean badInput =
        e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST;
    return badInput
        ? CommandFailure.badInput(Refusal.sentences(e))
        : CommandFailure.failed(Refusal.sentences(e));
  }
}
