package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.sparkapp.crds.ExecutorRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver writes while the answer to the operator's own write is on its way. */
class AnsweredLateIT {

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
  void aDriverIsHeardThatWritesBeforeTheOperatorKnowsItsOwnAnswer() throws Exception {
    JobNamespace jobs = JobNamespace.create(server.admin(), "late");
    Meanwhile meanwhile = new Meanwhile(jobs);
    try (KubernetesClient client =
            server.operatorClient(http -> http.addOrReplaceInterceptor("late", meanwhile));
        SparkAppOperator operator = ApiServer.operator(client)) {
      for (String app : List.of("flights", "other")) {
        jobs.create(app, 1);
        await().atMost(SOON).until(() -> jobs.pods(app).size() == 2);
        jobs.runs(app + "-1-driver", "driver", "10.0.0.9");
        jobs.runs(app + "-1-exec-1", "executor", "10.0.0.10");
        await().atMost(SOON).until(() -> jobs.status(app).executors().running() == 1);
      }

      meanwhile.armed.set(true);
      jobs.ends("flights-1-exec-1", "executor", 137, "OOMKilled");

      await().atMost(SOON).until(() -> meanwhile.over.get());
      await().atMost(SOON).until(() -> ranTask(jobs, "flights"));
      assertThat(operator.port()).isPositive();
    }
  }

  private static boolean ranTask(JobNamespace jobs, String app) {
    return jobs.status(app).times().firstTask() != null;
  }

  /**
   * Two drivers write after the API server has answered and before the operator has read it. When
   * the second of them was heard, so was the first: one watch brings both.
   */
  private static final class Meanwhile implements Interceptor {

    private final JobNamespace jobs;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    Meanwhile(JobNamespace jobs) {
      this.jobs = jobs;
    }

    @Override
    public void after(
        HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
      if (request.uri().getPath().endsWith("/executorrequests/flights-1/status")
          && armed.compareAndSet(true, false)) {
        runsTask("flights-1");
        runsTask("other-1");
        await().atMost(SOON).until(() -> ranTask(jobs, "other"));
        over.set(true);
      }
    }

    private void runsTask(String request) {
      jobs.admin()
          .resources(ExecutorRequest.class)
          .inNamespace(jobs.namespace())
          .withName(request)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\": {\"progress\": {\"tasks\": {\"done\": 0, \"total\": 8, \"active\": 1,"
                  + " \"failed\": 0}, \"percent\": 0}}}");
    }
  }
}
