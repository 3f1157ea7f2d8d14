package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.Progress;
import io.sparkapp.operator.resourcemanager.ApplicationDemand;
import io.sparkapp.operator.resourcemanager.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the ApplicationMaster tells the ResourceManager. */
class DemandsTest {

  private final ScriptedResourceManager queue = new ScriptedResourceManager();

  @Test
  void asksForWhatItsPodsWillRequest() {
    FakeCluster cluster = new FakeCluster(Apps.withExecutors(2), queue).reconcile();

    ApplicationDemand asked = queue.asked();
    Pod driver = cluster.pod("flights-1-driver");
    assertThat(asked.driver()).isEqualTo(PodRequests.of(driver)).isEqualTo(requests(driver));
    assertThat(asked.asks()).hasSize(1);
    assertThat(asked.asks().get(0).size())
        .isEqualTo(requests(cluster.pod("flights-1-exec-1")))
        .isEqualTo(new Resources(2000, (2048L + 384) << 20));
    assertThat(asked.gang()).isEqualTo(2);
  }

  @Test
  void countsWhatTemplatesAdd() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                driver:
                  template:
                    spec:
                      initContainers:
                      - {name: fetch, resources: {requests: {cpu: "1", memory: 8Gi}}}
                      - {name: proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
                executor:
                  instances: 1
                  template:
                    spec:
                      containers:
                      - {name: executor, resources: {limits: {example.com/fpga: 2}}}
                      - {name: agent, resources: {requests: {cpu: 250m}, limits: {memory: 64Mi}}}
                """),
            queue);

    cluster.reconcile();

    assertThat(queue.asked().driver()).isEqualTo(new Resources(1100, 8L << 30));
    Resources executor = queue.asked().asks().get(0).size();
    assertThat(executor.cpu()).isEqualTo(1250);
    assertThat(executor.memory()).isEqualTo((1024L + 384 + 64) << 20);
    assertThat(executor.others()).containsEntry("example.com/fpga", 2L);
    assertThat(executor).isEqualTo(PodRequests.of(cluster.pod("flights-1-exec-1")));
  }

  @Test
  void aDriverOutsideCostsNothing() {
    new FakeCluster(
            Apps.of(
                """
                placement: Client
                client: {host: 10.0.0.99, port: 4711}
                executor: {instances: 2}
                """),
            queue)
        .driverRenewsItsLease()
        .reconcile();

    assertThat(queue.asked().driver().isNone()).isTrue();
  }

  @Test
  void tellsWhatItHoldsAndHowMuchOfThatIsIdle() {
    FakeCluster cluster = FakeCluster.running(3, queue);
    cluster.podIsDrained("flights-1-exec-3");
    cluster.driverWrites(
        spec ->
            Specs.withProgress(
                spec, Specs.progress(Map.of("executors", new Progress.Registered(3, 2, 1)))));

    cluster.decide();

    ApplicationDemand.Ask ask = queue.asked().asks().get(0);
    assertThat(ask.held()).isEqualTo(3);
    assertThat(ask.idle()).isEqualTo(2);
    assertThat(ask.granted()).isEqualTo(3);
    assertThat(ask.wanted()).as("one more, for the one that leaves").isEqualTo(4);
  }

  @Test
  void whatCanNotBeCountedEndsItsApplicationWithASentenceAndNobodyElse() {
    for (String field :
        new String[] {
          "driver: {memory: 9000000t}",
          "executor: {memory: 9000000t}",
          "driver: {memory: 8000000t, memoryOverhead: 8000000t}",
          "sparkConf: {spark.driver.resource.gpu.amount: \"99999999999999999999\","
              + " spark.driver.resource.gpu.vendor: nvidia.com}",
          "driver: {template: {spec: {containers: [{name: a, resources: {requests: {memory: 5Ei}}},"
              + " {name: b, resources: {requests: {memory: 5Ei}}}]}}}"
        }) {
      FakeCluster cluster = withUncountable(field, queue);

      assertThat(cluster.reported()).as(field).isEmpty();

      cluster.reconcile();

      assertThat(cluster.status().phase()).as(field).isEqualTo(Phase.Failed);
      assertThat(cluster.status().message()).as(field).contains("more", "counted");
    }
  }

  /** More bytes than a long counts, though the schema lets it pass. */
  private static FakeCluster withUncountable(String field, ScriptedResourceManager queue) {
    return new FakeCluster(
        Apps.of(
            """
            main: {jar: "local:///opt/app.jar", class: com.acme.Main}
            %s
            """
                .formatted(field)),
        queue);
  }

  @Test
  void anAdmittedApplicationWhoseDriverAsksForWhatCanNotBeCountedHoldsItsPodsAndNoMore() {
    FakeCluster cluster = FakeCluster.running(2, queue);
    final ApplicationDemand before = cluster.reported().orElseThrow();

    cluster.driverWrites(
        spec ->
            Specs.withAsks(
                spec,
                Specs.ask(0, 2),
                new Ask(1, 4, 2, "9000000t", "384m", null),
                new Ask(2, 4, 2, "1g", null, Map.of("example.com/fpga", "99999999999999999999"))));

    ApplicationDemand reported = cluster.reported().orElseThrow();
    assertThat(reported.admitted()).isTrue();
    assertThat(reported.driver()).isEqualTo(before.driver());
    assertThat(reported.chargedTo()).isEqualTo(before.chargedTo());
    assertThat(reported.asks()).isEqualTo(before.asks());

    cluster.reconcile();

    assertThat(cluster.status().phase()).isEqualTo(Phase.Failed);
    assertThat(cluster.status().message()).contains("profile 1", "9000000t");
  }

  private static Resources requests(Pod pod) {
    return Resources.of(pod.getSpec().getContainers().get(0).getResources().getRequests());
  }
}
