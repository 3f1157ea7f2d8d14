package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestStatus;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.Action;
import io.sparkapp.operator.applicationmaster.SharedSecret;
import io.sparkapp.operator.metrics.ApplicationMeters;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ExecutorRequest of an attempt and the Secret that its pods share. */
final class AttemptObjects {

  private static final int SECRET_BYTES = 32;

  private final KubernetesClient client;
  private final DriverAccess driverAccess;
  private final SecureRandom random = new SecureRandom();
  private volatile InformerEventSource<ExecutorRequest, SparkApp> cache;
  private volatile ApplicationMeters meters;

  AttemptObjects(KubernetesClient client, DriverAccess driverAccess) {
    this.client = client;
    this.driverAccess = driverAccess;
  }

  void remember(
      InformerEventSource<ExecutorRequest, SparkApp> requestCache,
      ApplicationMeters applicationMeters) {
    cache = requestCache;
    meters = applicationMeters;
  }

  void open(SparkApp app, Action.OpenAttempt open) {
    driverAccess.ensureIn(app.getMetadata().getNamespace());
    ExecutorRequest request = created(app, open.request());
    opened(app, request, open.request());
    open.secret().ifPresent(metadata -> createSecret(request, metadata));
  }

  /** An operator that was killed may have opened it with another answer. */
  private void opened(SparkApp app, ExecutorRequest there, ExecutorRequest wanted) {
    if (wanted.getSpec().opening() != null && !there.answered().equals(wanted.answered())) {
      answer(app, new Action.Answer(wanted.getMetadata().getName(), wanted.answered()));
    }
  }

  private void createSecret(ExecutorRequest request, ObjectMeta metadata) {
    Secret secret =
        new SecretBuilder()
            .withMetadata(metadata)
            .editMetadata()
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(request.getApiVersion())
                    .withKind(request.getKind())
                    .withName(request.getMetadata().getName())
                    .withUid(request.getMetadata().getUid())
                    .build())
            .endMetadata()
            .withStringData(Map.of(SharedSecret.KEY, newSecret()))
            .build();
    try {
      client.resource(secret).create();
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
      Secret there = client.resource(secret).get();
      if (there == null) {
        throw e;
      }
      if (!Ownership.ownedBy(there, request.getMetadata().getUid())) {
        throw PodObjects.taken(there, e);
      }
    }
  }

  private ExecutorRequest created(SparkApp app, ExecutorRequest wanted) {
    try {
      ExecutorRequest request = client.resource(wanted).create();
      cache.handleRecentResourceCreate(ResourceID.fromResource(request), request);
      return request;
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isAlreadyThere(e)) {
        throw e;
      }
      ExecutorRequest there = client.resource(wanted).get();
      if (there == null) {
        throw e;
      }
      if (!Ownership.ownedBy(there, app)) {
        throw PodObjects.taken(there, e);
      }
      return there;
    }
  }

  /** A merge patch; a list in it replaces the former list as a whole. */
  void answer(SparkApp app, Action.Answer answer) {
    Map<String, Object> patch = new LinkedHashMap<>();
    patch.put("status", answer.status());
    ResourceID id = new ResourceID(answer.request(), app.getMetadata().getNamespace());
    // Looked at before: the watch may bring what is written sooner than the answer comes.
    Optional<ExecutorRequest> before = cache.get(id);
    // By a name alone the client would read the request first.
    ExecutorRequest named = new ExecutorRequest();
    named.getMetadata().setName(answer.request());
    named.getMetadata().setNamespace(app.getMetadata().getNamespace());
    try {
      ExecutorRequest request =
          client
              .resource(named)
              .subresource("status")
              .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
      // What came in since then is newer than the answer, or the answer's own event.
      before.ifPresentOrElse(
          known -> cache.handleRecentResourceUpdate(id, request, known),
          () -> cache.handleRecentResourceCreate(id, request));
      meters.answered(
          app,
          before.map(ExecutorRequest::answered).orElse(ExecutorRequestStatus.NONE),
          answer.status());
    } catch (KubernetesClientException e) {
      if (!ApiRefusal.isGone(e)) {
        throw e;
      }
    }
  }

  void close(SparkApp app, String request) {
    client
        .resources(ExecutorRequest.class)
        .inNamespace(app.getMetadata().getNamespace())
        .withName(request)
        .delete();
  }

  private String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
