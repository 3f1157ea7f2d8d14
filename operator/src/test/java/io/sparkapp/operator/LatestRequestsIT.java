package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestSpec;
import io.sparkapp.operator.kubernetes.LatestRequests;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new leader knows of requests is what was written last, whatever its cache holds. */
class LatestRequestsIT {

  private static final String NAMESPACE = "grants";
  private static final String OTHER = "grants-elsewhere";

  @TempDir private static Path state;
  private static ApiServer server;
  private static KubernetesClient operator;

  private static final List<String> READ = new CopyOnWriteArrayList<>();

  private static final Interceptor READS =
      new Interceptor() {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
          if (request.uri().getPath().contains("/executorrequests")) {
            READ.add(request.uri().getPath().replaceFirst(".*/executorrequests", ""));
          }
        }
      };

  private final Map<ResourceID, ExecutorRequest> cache = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = ApiServer.start(state);
    operator = server.operatorClient(http -> http.addOrReplaceInterceptor("reads", READS));
    server.awaitRight("sparkapp-operator", "list", "sparkapp.io", "executorrequests");
    JobNamespace.create(server.admin(), NAMESPACE);
    JobNamespace.create(server.admin(), OTHER);
  }

  @AfterAll
  static void stop() {
    operator.close();
    server.close();
  }

  @BeforeEach
  void clear() {
    for (String namespace : List.of(NAMESPACE, OTHER)) {
      server.admin().resources(ExecutorRequest.class).inNamespace(namespace).delete();
    }
    READ.clear();
  }

  private static ExecutorRequest create(String namespace, String name) {
    ExecutorRequest request = new ExecutorRequest();
    request.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "sparkapp-operator")
            .build());
    request.setSpec(Serialization.unmarshal("{}", ExecutorRequestSpec.class));
    return server.admin().resource(request).create();
  }

  private void cached(ExecutorRequest request) {
    cache.put(ResourceID.fromResource(request), request);
  }

  private static ExecutorRequest changed(ExecutorRequest request) {
    return server
        .admin()
        .resource(request)
        .edit(
            each -> {
              each.getMetadata().getLabels().put("changed", "true");
              return each;
            });
  }

  /** Each with its version. */
  private Map<ResourceID, String> read(String... namespaces) {
    Map<ResourceID, String> versions = new HashMap<>();
    new LatestRequests(operator, id -> Optional.ofNullable(cache.get(id)))
        .in(Set.of(namespaces))
        .forEach((id, each) -> versions.put(id, each.getMetadata().getResourceVersion()));
    return versions;
  }

  private static Map<ResourceID, String> only(ExecutorRequest... requests) {
    Map<ResourceID, String> versions = new HashMap<>();
    for (ExecutorRequest each : requests) {
      versions.put(ResourceID.fromResource(each), each.getMetadata().getResourceVersion());
    }
    return versions;
  }

  @Test
  void whatTheCacheHasInTheLatestVersionIsNotReadAgain() {
    ExecutorRequest request = create(NAMESPACE, "flights-1");
    cached(request);

    assertThat(read()).isEqualTo(only(request));
    assertThat(READ).containsExactly("");
  }

  @Test
  void whatTheCacheHasInAnOlderVersionOrNotAtAllIsRead() {
    ExecutorRequest old = create(NAMESPACE, "flights-1");
    cached(old);
    ExecutorRequest changed = changed(old);
    ExecutorRequest unknown = create(OTHER, "flights-1");

    assertThat(read()).isEqualTo(only(changed, unknown));
    assertThat(READ).containsExactlyInAnyOrder("", "/flights-1", "/flights-1");
  }

  @Test
  void whatIsGoneIsNotBelievedToTheCache() {
    ExecutorRequest gone = create(NAMESPACE, "flights-1");
    cached(gone);
    server.admin().resource(gone).delete();

    assertThat(read()).isEmpty();
  }

  @Test
  void manyThatTheCacheLacksAreReadAtOnce() {
    for (int each = 0; each < 60; each++) {
      create(NAMESPACE, "flights-" + each);
    }

    assertThat(read()).hasSize(60);
    assertThat(READ).containsExactly("", "");
  }

  @Test
  void onlyTheNamespacesThatAreServedAreRead() {
    create(NAMESPACE, "flights-1");
    ExecutorRequest served = create(OTHER, "flights-1");

    assertThat(read(OTHER)).isEqualTo(only(served));
  }

  @Test
  void whoMayNotListThemAnywhereIsToldAndOneNamespaceIsPassedOver() {
    try (KubernetesClient stranger =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(server.admin().getConfiguration())
                    .withImpersonateUsername("stranger")
                    .build())
            .build()) {
      LatestRequests requests = new LatestRequests(stranger, id -> Optional.empty());

      KubernetesClientException refusal =
          catchThrowableOfType(KubernetesClientException.class, () -> requests.in(Set.of()));

      assertThat(refusal.getCode()).isEqualTo(403);
      assertThat(refusal.getStatus().getMessage())
          .contains("\"stranger\" cannot list resource \"executorrequests\"");
      assertThat(requests.in(Set.of(NAMESPACE))).isEmpty();
    }
  }
}
