package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two operators at once, and the one that decides is killed while it grants. */
class LeaderKilledIT {

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** With three cores for each application two fit. */
  private static final int MOST = 7;

  private static final int APPLICATIONS = 6;

  /** In the middle of the second application that is admitted. */
  private static final int CALLS_TO_LIVE = 12;

  private static final Election ELECTION =
      new Election("killed", Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(1));

  @TempDir static Path state;

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
  void whoFollowsALeaderThatWasKilledWhileItGrantedNeverGrantsMoreThanThereIs() throws Exception {
    JobNamespace jobs = JobNamespace.create(server.admin(), ELECTION.namespace());
    server
        .admin()
        .resource(
            Serialization.unmarshal(
                "apiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: root}\nspec: {max: {cpu: "
                    + MOST
                    + "}}\n",
                SparkQueue.class))
        .create();
    AtomicInteger calls = new AtomicInteger(-1000);
    try (PodsInUse used = new PodsInUse(jobs);
        KubernetesClient mortal = mortal(calls);
        SparkAppOperator one = ELECTION.candidate(mortal, "one", "", () -> {})) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> ELECTION.holder(server.admin()).equals("one"));
      try (SparkAppOperator two = ELECTION.candidate(server.admin(), "two", "", () -> {})) {
        calls.set(0);
        IntStream.range(0, APPLICATIONS).forEach(each -> jobs.create("flights-" + each, 2));

        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> ELECTION.holder(server.admin()).equals("two"));
        assertThat(calls).hasValueGreaterThan(CALLS_TO_LIVE);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  play(jobs, used);
                  return jobs
                      .admin()
                      .resources(SparkApp.class)
                      .inNamespace(jobs.namespace())
                      .list()
                      .getItems()
                      .stream()
                      .allMatch(
                          app ->
                              app.getStatus() != null
                                  && app.getStatus().phase() == Phase.Succeeded);
                });
        assertThat(used.sums())
            .isNotEmpty()
            .allSatisfy(cores -> assertThat(cores).isLessThanOrEqualTo(MOST));
        assertThat(used.sums()).contains(2 * 3);
        assertThat(one.port()).isPositive();
        assertThat(two.port()).isPositive();
      }
    }
  }

  /** Once so many calls were made that change something, its operator is dead to the world. */
  private static KubernetesClient mortal(AtomicInteger calls) {
    Interceptor death =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (CHANGES.contains(request.method()) && calls.getAndIncrement() >= CALLS_TO_LIVE) {
              throw new IllegalStateException("killed");
            }
          }
        };
    return new KubernetesClientBuilder()
        .withConfig(server.admin().getConfiguration())
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("death", death))
        .build();
  }

  /** Drivers that were made run, and come to their end once as many as fit were seen whole. */
  private static void play(JobNamespace jobs, PodsInUse used) {
    boolean full = used.sums().contains(2 * 3);
    for (Pod driver :
        jobs.admin()
            .pods()
            .inNamespace(jobs.namespace())
            .withLabel("sparkapp.io/role", "driver")
            .list()
            .getItems()) {
      String phase = driver.getStatus().getPhase();
      if ("Pending".equals(phase)) {
        jobs.runs(driver.getMetadata().getName(), "driver", "10.0.0.9");
      } else if (full && "Running".equals(phase)) {
        jobs.ends(driver.getMetadata().getName(), "driver", 0, "Completed");
      }
    }
  }

  /** After each change the cores of all pods of attempts that have not ended. */
  private static final class PodsInUse implements AutoCloseable {

    private final Map<String, Pod> pods = new HashMap<>();
    private final List<Integer> sums = new CopyOnWriteArrayList<>();
    private final PodWatch watch;

    PodsInUse(JobNamespace jobs) {
      watch = new PodWatch(jobs, this::changed);
    }

    private synchronized void changed(Watcher.Action action, Pod pod) {
      if (action == Watcher.Action.DELETED) {
        pods.remove(pod.getMetadata().getName());
      } else {
        pods.put(pod.getMetadata().getName(), pod);
      }
      sums.add((int) pods.values().stream().filter(this::counts).count());
    }

    /** Each has one core. What an application that ended has left is on its way out. */
    private boolean counts(Pod pod) {
      Pod driver = pods.get(pod.getMetadata().getLabels().get("sparkapp.io/app") + "-1-driver");
      return driver == null || !"Succeeded".equals(driver.getStatus().getPhase());
    }

    List<Integer> sums() {
      watch.heardAll();
      return List.copyOf(sums);
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
