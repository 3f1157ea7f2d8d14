package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that starts among so many applications that it does not wait for their pods. */
class BeginsBeforePodsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** More than an operator takes for few. */
  private static final int MANY = 210;

  @TempDir private static Path state;
  private static ApiServer server;
  private static SparkQueues queues;

  @BeforeAll
  static void start() throws Exception {
    server = ApiServer.start(state);
    server.awaitRight("sparkapp-operator", "list", "", "pods");
    queues = new SparkQueues(server.admin());
    JobNamespace crowd = JobNamespace.create(server.admin(), "crowd");
    IntStream.range(0, MANY).forEach(each -> create(crowd, "idle-" + each));
  }

  /** It wants nothing of any queue until its driver comes. */
  private static void create(JobNamespace jobs, String name) {
    SparkApp app = new SparkApp();
    app.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(jobs.namespace()).build());
    app.setSpec(Serialization.unmarshal("placement: Client", SparkAppSpec.class));
    jobs.admin().resource(app).create();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Holds up whoever reads all pods whole. */
  private static final class SlowPods implements Interceptor {

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String query = String.valueOf(request.uri().getQuery());
      boolean list =
          request.method().equals("GET")
              && request.uri().getPath().equals("/api/v1/pods")
              && !query.contains("watch=true");
      if (list && query.contains("fieldSelector")) {
        looks.incrementAndGet();
      } else if (list) {
        await(held);
      }
    }

    private static void await(CountDownLatch held) {
      try {
        assertThat(held.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void letThrough() {
      held.countDown();
    }
  }

  /** An operator whose lists of all pods do not come before they are let through. */
  private static final class Starting implements AutoCloseable {

    private final SlowPods pods = new SlowPods();
    private final KubernetesClient client;
    private final CompletableFuture<SparkAppOperator> operator;

    Starting() throws IOException {
      client = server.operatorClient(http -> http.addOrReplaceInterceptor("slow", pods));
      operator =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ApiServer.operator(client);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }

    /** Lets it read all pods; returns when it has. */
    void readsPods() {
      pods.letThrough();
      operator.join();
    }

    @Override
    public void close() {
      readsPods();
      operator.join().close();
      client.close();
    }
  }

  /**
   * One whose driver and two executors run, and an operator that is gone.
   *
   * @param root the queue of all
   */
  private static JobNamespace withOneThatRuns(String namespace, boolean lostAnExecutor, String root)
      throws Exception {
    JobNamespace jobs = JobNamespace.create(server.admin(), namespace);
    try (KubernetesClient client = server.operatorClient(http -> {});
        SparkAppOperator operator = ApiServer.operator(client)) {
      queues.write("root", root);
      jobs.create("runs", 2);
      await().atMost(SOON).until(() -> jobs.pods("runs").size() == 3);
      jobs.runs("runs-1-driver", "driver", "10.0.0.9");
      jobs.runs("runs-1-exec-2", "executor", "10.0.0.11");
      if (lostAnExecutor) {
        jobs.ends("runs-1-exec-1", "executor", 137, "Error");
        await().atMost(SOON).until(() -> jobs.names("runs").contains("runs-1-exec-3"));
      }
      await().atMost(SOON).until(() -> jobs.status("runs").phase() == Phase.Running);
      assertThat(operator.port()).isPositive();
    }
    return jobs;
  }

  private static void clearUp(JobNamespace jobs) {
    server.admin().resources(SparkApp.class).inNamespace(jobs.namespace()).delete();
    queues.deleteAll();
  }

  @Test
  void whatNeverHadAnythingStartsMeanwhileAndWhatRunsIsDecidedAboutWhenItsPodsAreKnown()
      throws Exception {
    JobNamespace jobs = withOneThatRuns("beside", false, "{}");
    jobs.create("comes", 2);
    try (PodBirths births = new PodBirths(jobs);
        Starting operator = new Starting()) {
      await().atMost(SOON).until(() -> jobs.status("comes").phase() == Phase.Starting);
      assertThat(jobs.names("comes"))
          .containsExactly("comes-1-driver", "comes-1-exec-1", "comes-1-exec-2");
      jobs.runs("comes-1-driver", "driver", "10.0.0.12");
      jobs.ends("runs-1-exec-2", "executor", 137, "Error");
      assertThat(operator.operator).isNotDone();
      assertThat(jobs.names("runs")).doesNotContain("runs-1-exec-3");

      operator.readsPods();

      await().atMost(SOON).until(() -> jobs.names("runs").contains("runs-1-exec-3"));
      await().atMost(SOON).until(() -> jobs.status("comes").phase() == Phase.Running);
      assertThat(births.names())
          .containsExactlyInAnyOrder(
              "runs-1-driver",
              "runs-1-exec-1",
              "runs-1-exec-2",
              "runs-1-exec-3",
              "comes-1-driver",
              "comes-1-exec-1",
              "comes-1-exec-2");
      clearUp(jobs);
    }
  }

  @Test
  void whatRunsHoldsItsPlaceInTheQueueMeanwhile() throws Exception {
    JobNamespace jobs = withOneThatRuns("settled", false, "{max: {cpu: 5}}");
    jobs.create("comes", 2);
    try (Starting operator = new Starting()) {
      await().atMost(SOON).until(() -> jobs.status("comes").phase() == Phase.Waiting);
      assertThat(operator.pods.looks).hasValue(0);

      operator.readsPods();

      assertThat(jobs.status("comes").phase()).isEqualTo(Phase.Waiting);
      assertThat(jobs.names("comes")).isEmpty();
      clearUp(jobs);
    }
  }

  @Test
  void podsAreLookedAtOfThoseWhoseRequestDoesNotTellWhatTheyHold() throws Exception {
    JobNamespace jobs = withOneThatRuns("moving", true, "{max: {cpu: 5}}");
    jobs.create("comes", 2);
    try (Starting operator = new Starting()) {
      await().atMost(SOON).until(() -> jobs.status("comes").phase() == Phase.Waiting);

      assertThat(operator.pods.looks).hasPositiveValue();
      assertThat(jobs.names("comes")).isEmpty();
      operator.readsPods();
      clearUp(jobs);
    }
  }
}
