package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application is deleted while it is decided about, and another one gets its name. */
class SuccessorIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path state;
  private static ApiServer server;

  @BeforeAll
  static void startApiServer() throws Exception {
    server = ApiServer.start(state);
  }

  @AfterAll
  static void stopApiServer() {
    server.close();
  }

  @Test
  void theFirstStatusOfADeletedApplicationDoesNotReachItsSuccessor() throws Exception {
    JobNamespace jobs = JobNamespace.create(server.admin(), "successor");
    Replacement replacement = new Replacement(jobs);
    try (KubernetesClient client =
            server.operatorClient(http -> http.addOrReplaceInterceptor("replaces", replacement));
        SparkAppOperator operator = ApiServer.operator(client)) {
      jobs.create("flights", 1);
      await().atMost(SOON).until(() -> replacement.successor.get() != null);

      // The garbage collector's part.
      jobs.admin().secrets().inNamespace(jobs.namespace()).delete();
      jobs.admin().resources(ExecutorRequest.class).inNamespace(jobs.namespace()).delete();
      jobs.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();
      await().atMost(SOON).until(() -> jobs.status("flights").phase() == Phase.Starting);
      assertThat(jobs.pod("flights-1-driver").getMetadata().getOwnerReferences().get(0).getUid())
          .isEqualTo(replacement.successor.get());
      assertThat(operator.port()).isPositive();
    }
  }

  /** Before the first status arrives, its application is another one. */
  private static final class Replacement implements Interceptor {

    private final JobNamespace jobs;
    private final AtomicReference<String> successor = new AtomicReference<>();

    Replacement(JobNamespace jobs) {
      this.jobs = jobs;
    }

    @Override
    public synchronized void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      boolean status =
          request.method().equals("PATCH")
              && request.uri().getPath().endsWith("/sparkapps/flights/status");
      if (status && successor.get() == null) {
        SparkApp app = jobs.app("flights");
        jobs.admin().resource(app).delete();
        jobs.create("flights", 1);
        successor.set(jobs.app("flights").getMetadata().getUid());
      }
    }
  }
}
