package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.EndCause;
import io.sparkapp.crds.ExecutorRequest;
import io.sparkapp.crds.ExecutorRequestStatus.Grant;
import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus.ExecutorCounts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator against a real API server, with the rights that its ClusterRole gives it and no
 * more; the tests play the kubelet and the driver.
 */
class SparkAppOperatorIT {

  /** The operator's longest pause between two tries is 10 s. */
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final OperatorOnApiServer CLUSTER = new OperatorOnApiServer();

  private JobNamespace jobs;

  @BeforeEach
  void takeTheNamespace() {
    jobs = CLUSTER.jobs();
  }

  @Test
  void takesAnApplicationFromApplyToSuccess() {
    jobs.create("flights", 2);
    await().atMost(SOON).until(() -> jobs.pods("flights").size() == 3);
    assertThat(jobs.request("flights-1").answered().lastExecutorId()).isEqualTo(2);
    assertThat(jobs.request("flights-1").getStatus())
        .as("the first answer needs no write")
        .isNull();
    assertThat(
            CLUSTER
                .admin()
                .secrets()
                .inNamespace(jobs.namespace())
                .withName("flights-1")
                .get()
                .getData())
        .containsKey("spark-authenticate-secret");

    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(jobs.pod("flights-1-exec-2").getMetadata().getAnnotations())
                    .containsEntry("sparkapp.io/driver-address", "10.0.0.9:7078"));
    jobs.runs("flights-1-exec-1", "executor", "10.0.0.10");
    jobs.runs("flights-1-exec-2", "executor", "10.0.0.11");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(jobs.status("flights").executors())
                    .isEqualTo(ExecutorCounts.of(2, 2, 2, 0)));
    assertThat(jobs.status("flights").phase()).isEqualTo(Phase.Running);

    jobs.ends("flights-1-driver", "driver", 0, "Completed");
    await().atMost(SOON).until(() -> jobs.status("flights").phase() == Phase.Succeeded);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(jobs.names("flights")).containsExactly("flights-1-driver");
              assertThat(jobs.request("flights-1")).isNull();
            });
    assertThat(jobs.events("flights")).contains("Started", "Succeeded").doesNotHaveDuplicates();
  }

  @Test
  void nobodyChangesTheAnswerThatARequestWasOpenedWith() {
    jobs.create("flights", 2);
    await().atMost(SOON).until(() -> jobs.pods("flights").size() == 3);

    for (String opening : List.of("null", "{\"granted\": [{\"profile\": 0, \"total\": 99}]}")) {
      assertThatThrownBy(() -> patchRequest("{\"spec\": {\"opening\": " + opening + "}}"))
          .hasMessageContaining("it can not be changed");
    }
    patchRequest("{\"spec\": {\"seenEnded\": 0}}");
    assertThat(jobs.request("flights-1").answered().granted()).containsExactly(new Grant(0, 2));
  }

  private void patchRequest(String patch) {
    CLUSTER
        .admin()
        .resources(ExecutorRequest.class)
        .inNamespace(jobs.namespace())
        .withName("flights-1")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  @Test
  void replacesAnExecutorThatDiedAndAnswersTheDriver() {
    jobs.create("flights", 1);
    await().atMost(SOON).until(() -> jobs.pods("flights").size() == 2);
    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    jobs.runs("flights-1-exec-1", "executor", "10.0.0.10");

    jobs.ends("flights-1-exec-1", "executor", 137, "Error");

    await().atMost(SOON).until(() -> jobs.names("flights").contains("flights-1-exec-2"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(jobs.request("flights-1").answered().ended())
                    .singleElement()
                    .satisfies(
                        end -> {
                          assertThat(end.cause()).isEqualTo(EndCause.Killed);
                          assertThat(end.applicationAtFault()).isFalse();
                        }));
  }

  @Test
  void anOperatorThatIsReplacedInTheMiddleCreatesNothingTwice() throws Exception {
    jobs.create("flights", 2);
    await().atMost(SOON).until(() -> jobs.pods("flights").size() == 3);
    List<String> before = jobs.uids("flights");

    CLUSTER.stop();
    jobs.runs("flights-1-driver", "driver", "10.0.0.9");
    CLUSTER.start();

    await().atMost(SOON).until(() -> jobs.status("flights").phase() == Phase.Running);
    assertThat(jobs.uids("flights")).isEqualTo(before);
  }

  @Test
  void aPodTemplateThatTheApiServerRefusesFailsTheApplicationWithItsWords() {
    SparkApp app = jobs.sparkApp("flights", 1);
    String yaml =
        Serialization.asYaml(app)
            .replace("instances: 1", "instances: 1\n    template: {spec: {dnsPolicy: Sometimes}}");
    CLUSTER.admin().resource(Serialization.unmarshal(yaml, SparkApp.class)).create();

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(jobs.status("flights").phase()).isEqualTo(Phase.Failed);
            });
    assertThat(jobs.status("flights").message()).contains("dnsPolicy").contains("Sometimes");
  }

  @Test
  void whatPodsReferToIsWaitedForWithASentenceThatNamesIt() {
    jobs.createStrictly(
        JobNamespace.MAIN
            + "  sparkConfFrom: [{configMap: tuning}]\n"
            + "  driver: {template: {spec: {containers: [{name: driver, envFrom: [{secretRef: {name:"
            + " login}}]}]}}}\n");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(jobs.status("bad").message())
                  .isEqualTo(
                      "ConfigMap tuning and Secret login are not there in namespace "
                          + jobs.namespace()
                          + ": the application starts as soon as they are.");
            });
    assertThat(jobs.status("bad").phase()).isEqualTo(Phase.Waiting);
    assertThat(jobs.pods("bad")).isEmpty();

    for (String object :
        List.of("ConfigMap\nmetadata: {name: tuning", "Secret\nmetadata: {name: login")) {
      CLUSTER
          .admin()
          .resource(
              Serialization.unmarshal(
                  "apiVersion: v1\nkind: " + object + ", namespace: " + jobs.namespace() + "}\n",
                  HasMetadata.class))
          .create();
    }

    await().atMost(SOON).until(() -> jobs.status("bad").phase() == Phase.Starting);
    assertThat(jobs.pods("bad")).isNotEmpty();
  }

  @Test
  void aSecretOfSomebodyElseWithOurNameFailsTheApplicationAndIsLeftAlone() {
    CLUSTER
        .admin()
        .resource(
            Serialization.unmarshal(
                "apiVersion: v1\nkind: Secret\nmetadata: {name: flights-1, namespace: "
                    + jobs.namespace()
                    + "}\nstringData: {mine: x}\n",
                HasMetadata.class))
        .create();

    jobs.create("flights", 1);

    await().atMost(SOON).until(() -> jobs.status("flights").phase() == Phase.Failed);
    assertThat(jobs.status("flights").message())
        .contains("Secret flights-1")
        .contains("does not belong to this application");
    assertThat(
            CLUSTER
                .admin()
                .secrets()
                .inNamespace(jobs.namespace())
                .withName("flights-1")
                .get()
                .getData())
        .containsOnlyKeys("mine");
  }

  @Test
  void waitsForWhatAnEarlierApplicationOfTheSameNameLeftToTheGarbageCollector() {
    jobs.create("flights", 1);
    await().atMost(SOON).until(() -> jobs.pods("flights").size() == 2);
    String driver = jobs.pod("flights-1-driver").getMetadata().getUid();
    CLUSTER.admin().resource(jobs.app("flights")).delete();
    jobs.create("flights", 1);

    // In this order: what the new application makes meanwhile is not touched.
    CLUSTER.admin().secrets().inNamespace(jobs.namespace()).delete();
    CLUSTER.admin().resources(ExecutorRequest.class).inNamespace(jobs.namespace()).delete();
    CLUSTER.admin().pods().inNamespace(jobs.namespace()).withGracePeriod(0).delete();

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Pod made = jobs.pod("flights-1-driver");
              assertThat(made).isNotNull();
              assertThat(made.getMetadata().getUid()).isNotEqualTo(driver);
              assertThat(jobs.status("flights").phase()).isEqualTo(Phase.Starting);
            });
  }

  @Test
  void theApiServerRefusesBadSpecsWithPlainSentences() {
    Map<String, String> bad =
        Map.of(
            "nonsense: 1", "spec.nonsense",
            "executor: {instances: -1}", "spec.executor.instances",
            "executor: {memory: lots}", "memory is written as Spark does (512m, 2g)",
            "sparkConf: {spark.master: local}", "the operator sets spark.master",
            "sparkConf: {spark.executor.memory: 1g}", "fields of spec.executor",
            "placement: Nowhere", "spec.placement",
            "executor: {min: 3, max: 2}", "spec.executor.min can not be more than",
            "executor: {max: 2, instances: 3}", "has to be between min and max",
            "sparkConf: {spark.dynamicAllocation.enabled: \"true\"}", "spec.executor.min");
    bad.forEach(
        (line, sentence) ->
            assertThatThrownBy(() -> jobs.createStrictly(JobNamespace.MAIN + "  " + line + "\n"))
                .as(line)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(sentence));
    assertThatThrownBy(() -> jobs.createStrictly("spec: {}\n")).hasMessageContaining("spec.main");
    Map.of(
            "{}", "exactly one of jar (with class), python",
            "{jar: local:///a.jar, class: A, python: local:///a.py}", "exactly one of jar",
            "{jar: local:///a.jar}", "spec.main.class names the class",
            "{python: local:///a.py, class: A}", "spec.main.class names the class",
            "{python: a.py}", "spec.main.python names a .py file: it takes local:///")
        .forEach(this::isRefusedAsMain);
    Map.of(
            "{python: \"local:///a.py\", sqlText: SELECT 1}", "exactly one of jar",
            "{r: \"local:///a.py\"}", "spec.main.r names a .r or .R file",
            "{connect: {}, python: \"local:///a.py\"}", "exactly one of jar",
            "{connect: {tokenFrom: {}}}", "secret",
            "{sql: \"local:///a.txt\"}", "spec.main.sql names a .sql file",
            "{sqlText: SELECT 1, args: [\"--year\"]}", "write name=value",
            "{jar: app.jar, class: A}", "spec.main.jar takes local:///",
            "{jar: \"local://host/app.jar\", class: A}", "spec.main.jar takes local:///")
        .forEach(this::isRefusedAsMain);
  }

  private void isRefusedAsMain(String main, String sentence) {
    assertThatThrownBy(() -> jobs.createStrictly("spec: {main: %s}\n".formatted(main)))
        .as(main)
        .hasMessageContaining(sentence);
  }

  @Test
  void theApiServerRefusesDependenciesThatCanNotBeMeant() {
    Map.of(
            "{jars: [lib.jar]}", "spec.dependencies.jars takes local:///",
            "{files: [\"https://h/a,b\"]}", "spec.dependencies.files takes local:///",
            "{packages: [\"org.postgresql:postgresql\"]}", "group:artifact:version",
            "{excludePackages: [\"a:b:1\"]}", "group:artifact, without a version",
            "{repositories: [\"repo.acme.com\"]}", "addresses of Maven repositories")
        .forEach(
            (dependencies, sentence) ->
                assertThatThrownBy(
                        () ->
                            jobs.createStrictly(
                                JobNamespace.MAIN + "  dependencies: " + dependencies + "\n"))
                    .as(dependencies)
                    .hasMessageContaining(sentence));
    assertThatThrownBy(
            () -> jobs.createStrictly("spec: {placement: Client, hadoopConf: {fs.defaultFS: x}}\n"))
        .hasMessageContaining("hadoopConf and hadoopConfFrom are for placement Cluster");
    assertThatThrownBy(
            () -> jobs.createStrictly(JobNamespace.MAIN + "  hadoopConf: {spark.hadoop.a: b}\n"))
        .hasMessageContaining("without spark.hadoop. before them");
    assertThatThrownBy(
            () ->
                jobs.createStrictly(
                    JobNamespace.MAIN + "  sparkConfFrom: [{configMap: a, secret: b}]\n"))
        .hasMessageContaining("either a configMap or a secret");
    assertThatCode(
            () ->
                jobs.createStrictly(
                    JobNamespace.MAIN
                        + "  dependencies: {jars: [\"s3a://b/*.jar\"], archives: [\"https://h/e.tgz#env\"],"
                        + " packages: [\"org.postgresql:postgresql:42.7.4\"]}\n"))
        .doesNotThrowAnyException();
  }

  @Test
  void servesHealthReadinessAndMetrics() throws Exception {
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + CLUSTER.operator().port() + path))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains(path.equals("/metrics") ? "operator_sdk" : "ok");
    }
  }
}
