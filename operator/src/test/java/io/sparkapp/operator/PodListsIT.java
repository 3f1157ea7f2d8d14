package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.operator.applicationmaster.CachedForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator reads of pods in Protocol Buffers is what it would read in JSON. */
class PodListsIT {

  private static final String NAMESPACE = "sorts";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  @TempDir static Path state;

  private static ApiServer server;
  private static KubernetesClient operator;
  private static final List<String> FORMS = new CopyOnWriteArrayList<>();

  /** Writes down in which form the API server answers. */
  private static final Interceptor FORM =
      new Interceptor() {
        @Override
        public void after(
            HttpRequest request,
            HttpResponse<?> response,
            AsyncBody.Consumer<List<ByteBuffer>> body) {
          FORMS.addAll(response.headers("Content-Type"));
        }
      };

  @BeforeAll
  static void start() throws Exception {
    server = ApiServer.start(state);
    operator = server.operatorClient(http -> http.addOrReplaceInterceptor("form", FORM));
    server.awaitRight("sparkapp-operator", "list", "", "pods");
    JobNamespace.create(server.admin(), NAMESPACE);
    server
        .admin()
        .resource(
            new PriorityClassBuilder()
                .withNewMetadata()
                .withName("important")
                .endMetadata()
                .withValue(1000)
                .build())
        .create();
    try (InputStream in = PodListsIT.class.getResourceAsStream("pods-of-all-sorts.yaml")) {
      server.admin().load(in).items().forEach(PodListsIT::create);
    }
    server.admin().pods().inNamespace(NAMESPACE).withName("going").delete();
  }

  @AfterAll
  static void stop() {
    operator.close();
    server.close();
  }

  private static void create(HasMetadata each) {
    Pod pod = (Pod) each;
    Pod created = server.admin().pods().inNamespace(NAMESPACE).resource(pod).create();
    if (pod.getStatus() != null) {
      created.setStatus(pod.getStatus());
      server.admin().pods().inNamespace(NAMESPACE).resource(created).updateStatus();
    }
  }

  @Test
  void podsOfAllSortsAreTheSameAsInJson() {
    List<Pod> json = cached(server.admin().pods().inNamespace(NAMESPACE).list());
    FORMS.clear();

    List<Pod> protobuf = cached(operator.pods().inNamespace(NAMESPACE).list());

    assertThat(FORMS).containsExactly(PROTOBUF);
    assertThat(json)
        .extracting(each -> each.getMetadata().getName())
        .containsExactlyInAnyOrder("bare", "gated", "runs", "waits", "ended", "going");
    assertThat(protobuf).isEqualTo(json);
    // Quantities that are worth the same are equal; here they must be written the same too.
    assertThat(Serialization.asJson(protobuf)).isEqualTo(Serialization.asJson(json));
  }

  private static List<Pod> cached(PodList pods) {
    CachedForm form = new CachedForm();
    return pods.getItems().stream().map(form::of).toList();
  }

  @Test
  void pagesAreTheSameAsInJson() {
    List<List<String>> json = pages(server.admin());

    assertThat(pages(operator)).isEqualTo(json);
    assertThat(json).hasSize(3);
  }

  @Test
  void pagesThatAreAskedForAheadAreNotAskedForAgain() {
    FORMS.clear();

    assertThat(pages(operator)).hasSize(3);

    assertThat(FORMS).hasSize(3);
  }

  /** Names of each page, and what it says of itself but how to go on, which differs each time. */
  private static List<List<String>> pages(KubernetesClient client) {
    List<List<String>> pages = new ArrayList<>();
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      PodList page = client.pods().inNamespace(NAMESPACE).list(page(next.get()));
      List<String> told =
          new ArrayList<>(
              page.getItems().stream().map(each -> each.getMetadata().getName()).toList());
      told.add(String.valueOf(page.getMetadata().getRemainingItemCount()));
      told.add(page.getMetadata().getResourceVersion());
      pages.add(told);
      next = Optional.ofNullable(page.getMetadata().getContinue()).filter(each -> !each.isEmpty());
    }
    return pages;
  }

  private static ListOptions page(String next) {
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(2L);
    return next.isEmpty() ? options.build() : options.withContinue(next).build();
  }

  @Test
  void aListOfNoneIsEmpty() {
    FORMS.clear();

    PodList none = operator.pods().inNamespace("nowhere").list();

    assertThat(FORMS).containsExactly(PROTOBUF);
    assertThat(none.getItems()).isEmpty();
    assertThat(none.getMetadata().getResourceVersion()).isNotEmpty();
  }

  @Test
  void whyAListIsRefusedIsToldAsInJson() throws IOException {
    KubernetesClientException json = refused(server.admin());
    FORMS.clear();

    KubernetesClientException protobuf = refused(operator);

    assertThat(FORMS.get(0)).isEqualTo(PROTOBUF);
    assertThat(protobuf.getCode()).isEqualTo(json.getCode());
    assertThat(protobuf.getStatus()).isEqualTo(json.getStatus());
    assertThat(protobuf.getStatus().getMessage()).isNotEmpty();
  }

  private static KubernetesClientException refused(KubernetesClient client) {
    return catchThrowableOfType(
        KubernetesClientException.class,
        () -> client.pods().inNamespace(NAMESPACE).list(page("no token of any page")));
  }
}
