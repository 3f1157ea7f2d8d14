package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.crds.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code KilledAtEveryCallTest} shows in memory, for a sample of calls on a real API server:
 * the operator is killed there and another one goes on.
 */
class KilledAtCallsIT {

  private static final int FOR_EVER = Integer.MAX_VALUE;
  private static final Duration SOON = Duration.ofSeconds(60);

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
  void anOperatorThatDiesAtTheStartIsFollowedByOneThatGoesOn() throws Exception {
    int calls = 0;
    for (int survived = 0; survived <= 10; survived++) {
      JobNamespace jobs = JobNamespace.create(server.admin(), "start-" + survived);
      try (PodBirths births = new PodBirths(jobs)) {
        try (MortalOperator first = new MortalOperator(server, survived)) {
          int deadAt = survived;
          jobs.create("flights", 2);
          // The last of these lives long enough to have nothing more to do.
          await().atMost(SOON).until(() -> first.calls() > deadAt || phase(jobs) == Phase.Starting);
          calls = first.calls();
        }
        try (MortalOperator second = new MortalOperator(server, FOR_EVER)) {
          await().atMost(SOON).until(() -> phase(jobs) == Phase.Starting);
          toTheEnd(jobs);
          assertThat(second.calls()).isPositive();
        }
        assertThat(births.names())
            .as("killed after %d calls", survived)
            .doesNotHaveDuplicates()
            .hasSize(3)
            .containsOnlyOnce("flights-1-driver");
        assertThat(jobs.events("flights")).containsExactlyInAnyOrder("Started", "Succeeded");
      }
    }
    assertThat(calls).isPositive();
  }

  @Test
  void anOperatorThatDiesWhenAnAttemptIsOverIsFollowedByOneThatTriesAgain() throws Exception {
    for (int survived = 0; survived <= 8; survived++) {
      JobNamespace jobs = JobNamespace.create(server.admin(), "again-" + survived);
      try (PodBirths births = new PodBirths(jobs)) {
        try (MortalOperator healthy = new MortalOperator(server, FOR_EVER)) {
          jobs.createWith("flights", "  executor: {instances: 1}\n" + ON_FAILURE);
          await().atMost(SOON).until(() -> phase(jobs) == Phase.Starting);
          jobs.runs("flights-1-driver", "driver", "10.0.0.9");
          await().atMost(SOON).until(() -> phase(jobs) == Phase.Running);
          assertThat(healthy.calls()).isPositive();
        }
        jobs.ends("flights-1-driver", "driver", 1, "Error");
        try (MortalOperator first = new MortalOperator(server, survived)) {
          int deadAt = survived;
          await().atMost(SOON).until(() -> first.calls() > deadAt || attempt(jobs) == 2);
        }
        try (MortalOperator second = new MortalOperator(server, FOR_EVER)) {
          await().atMost(SOON).until(() -> attempt(jobs) == 2 && phase(jobs) == Phase.Starting);
          jobs.runs("flights-2-driver", "driver", "10.0.0.9");
          await().atMost(SOON).until(() -> phase(jobs) == Phase.Running);
          jobs.ends("flights-2-driver", "driver", 0, "Completed");
          await().atMost(SOON).until(() -> phase(jobs) == Phase.Succeeded);
          await()
              .atMost(SOON)
              .untilAsserted(
                  () ->
                      assertThat(jobs.names("flights"))
                          .containsExactly("flights-1-driver", "flights-2-driver"));
          assertThat(second.calls()).isPositive();
        }
        assertThat(births.names()).as("killed after %d calls", survived).doesNotHaveDuplicates();
        assertThat(births.names()).filteredOn(pod -> pod.endsWith("-driver")).hasSize(2);
        assertThat(jobs.events("flights")).containsOnlyOnce("AttemptFailed", "Succeeded");
      }
    }
  }

  private static final String ON_FAILURE = "  restart: {policy: OnFailure, backoff: 1s}\n";

  private static void toTheEnd(JobNamespace jobs) {
    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    await().atMost(SOON).until(() -> phase(jobs) == Phase.Running);
    jobs.ends("flights-1-driver", "driver", 0, "Completed");
    await().atMost(SOON).until(() -> phase(jobs) == Phase.Succeeded);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(jobs.names("flights")).containsExactly("flights-1-driver");
              assertThat(jobs.request("flights-1")).isNull();
            });
  }

  private static Phase phase(JobNamespace jobs) {
    return jobs.status("flights").phase();
  }

  private static int attempt(JobNamespace jobs) {
    return Optional.ofNullable(jobs.status("flights").attempt()).orElse(0);
  }
}
