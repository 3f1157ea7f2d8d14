package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service account tokens of one pod, bound to it and asked for anew when four fifths of their
 * time have passed, as a kubelet does. Used by one thread at a time.
 */
final class PodTokens {
  private record Key(String audience, Long seconds) {}

  private record Token(String text, Instant renewal) {}

  private final KubernetesClient client;
  private final Pod pod;
  private final Clock clock;
  private final Map<Key, Token> tokens = new HashMap<>();

  PodTokens(KubernetesClient client, Pod pod, Clock clock) {
    this.client = client;
    this.pod = pod;
    this.clock = clock;
  }

  /**
   * @throws ContainerConfigException if the API server gives no token
   */
  String token(ServiceAccountTokenProjection projection) {
    Key key = new Key(projection.getAudience(), projection.getExpirationSeconds());
    Token known = tokens.get(key);
    if (known == null || !clock.instant().isBefore(known.renewal())) {
      known = request(key);
      tokens.put(key, known);
    }
    return known.text();
  }

  private Token request(Key key) {
    Instant now = clock.instant();
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(key.audience() == null ? List.of() : List.of(key.audience()))
            .withExpirationSeconds(key.seconds())
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec()
            .build();
    try {
      TokenRequest granted =
          client
              .serviceAccounts()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getSpec().getServiceAccountName())
              .tokenRequest(request);
      Instant expiry =
          OffsetDateTime.parse(granted.getStatus().getExpirationTimestamp()).toInstant();
      Duration life = Duration.between(now, expiry);
      return new Token(granted.getStatus().getToken(), now.plus(life.multipliedBy(4).dividedBy(5)));
    } catch (KubernetesClientException e) {
      throw new ContainerConfigException("failed to fetch token: " + e.getMessage());
    }
  }
}
