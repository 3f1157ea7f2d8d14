package io.sparkapp.operator.applicationmaster;

import static io.sparkapp.operator.applicationmaster.CreatedPods.MAIN;
import static io.sparkapp.operator.applicationmaster.CreatedPods.created;
import static io.sparkapp.operator.applicationmaster.CreatedPods.env;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in every pod, in that of a driver and in those of executors. */
class PodFactoryTest {

  @Test
  void theDriverGetsItsProgramItsPropertiesAndNothingOfTheApiButItsServiceAccount() {
    Pod driver =
        created(MAIN + "sparkConf: {spark.sql.shuffle.partitions: \"64\"}").pod("flights-1-driver");

    Container container = driver.getSpec().getContainers().get(0);
    assertThat(container.getCommand()).containsExactly("java");
    assertThat(container.getArgs())
        .contains("-Xmx1024m", "io.sparkapp.driver.DriverLauncher")
        .endsWith("a b", "$(X)");
    assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("sparkapp-driver");
    assertThat(driver.getSpec().getEnableServiceLinks()).isFalse();
    assertThat(driver.getMetadata().getOwnerReferences()).hasSize(1);
    Map<?, ?> conf = Serialization.unmarshal(env(container, "SPARKAPP_CONF"), Map.class);
    assertThat(conf.get("spark.master")).isEqualTo("sparkapp://jobs/flights");
    assertThat(conf.get("spark.sql.shuffle.partitions")).isEqualTo("64");
    assertThat(conf.get("spark.authenticate")).isEqualTo("true");
    assertThat(conf.get("spark.jars")).isEqualTo("local:///opt/app.jar");
    assertThat(env(container, "SPARKAPP_CONF")).doesNotContain("authenticate.secret");
  }

  @Test
  void executorsOfOneProfileDifferInNameAndNumberAndInNothingElse() {
    FakeCluster cluster = created(MAIN + "executor: {instances: 2}\n");

    Pod first = cluster.pod("flights-1-exec-1");
    Pod second = cluster.pod("flights-1-exec-2");

    assertThat(second.getSpec()).isEqualTo(first.getSpec());
    assertThat(first.getMetadata().getLabels()).containsEntry(Names.EXECUTOR_ID, "1");
    assertThat(second.getMetadata().getLabels()).containsEntry(Names.EXECUTOR_ID, "2");
    assertThat(second.getMetadata().getOwnerReferences())
        .isEqualTo(first.getMetadata().getOwnerReferences());
    EnvVar id =
        first.getSpec().getContainers().get(0).getEnv().stream()
            .filter(variable -> variable.getName().equals("SPARKAPP_EXECUTOR_ID"))
            .findFirst()
            .orElseThrow();
    assertThat(id.getValueFrom().getFieldRef().getFieldPath())
        .isEqualTo("metadata.labels['sparkapp.io/executor-id']");
  }

  @Test
  void imagesThatKnowNothingOfSparkAppsGetTheLaunchersByAnInitContainer() {
    FakeCluster cluster =
        created(MAIN + "image: acme/spark:4.0\nlauncher: Added\nexecutor: {instances: 1}\n");

    Pod driver = cluster.pod("flights-1-driver");
    Container added = driver.getSpec().getInitContainers().get(0);
    assertThat(added.getImage()).isEqualTo("driver-image");
    assertThat(added.getArgs())
        .containsExactly(
            "/opt/sparkapp/driver/sparkapp-driver.jar",
            "/opt/sparkapp/driver/java.args",
            "/opt/sparkapp-added");
    Container main = driver.getSpec().getContainers().get(0);
    assertThat(main.getImage()).isEqualTo("acme/spark:4.0");
    assertThat(main.getArgs()).startsWith("@/opt/sparkapp-added/java.args");
    assertThat(String.join(" ", main.getArgs()))
        .contains(":/opt/sparkapp-added/sparkapp-driver.jar:")
        .doesNotContain("/opt/sparkapp/");
    Pod executor = cluster.pod("flights-1-exec-1");
    assertThat(executor.getSpec().getInitContainers().get(0).getImage())
        .isEqualTo("executor-image");
    assertThat(executor.getSpec().getContainers().get(0).getArgs())
        .startsWith("@/opt/sparkapp-added/java.args");
  }

  @ParameterizedTest
  @CsvSource({
    "{}, 4040",
    "{spark.ui.port: \"4050\"}, 4050",
    "{spark.ui.enabled: \"false\"},",
    "{spark.ui.port: \"0\"},",
    "{spark.ui.port: some},"
  })
  void aDriverTellsThePortOfSparksUiByName(String conf, Integer port) {
    Pod driver =
        created("main: {jar: \"local:///a.jar\", class: A}\nsparkConf: " + conf + "\n")
            .pod("flights-1-driver");

    assertThat(driver.getSpec().getContainers().get(0).getPorts())
        .filteredOn(each -> each.getName().equals("ui"))
        .extracting(ContainerPort::getContainerPort)
        .isEqualTo(port == null ? List.of() : List.of(port));
  }

  @Test
  void aSparkConnectServerHasItsPortAProbeAndTheToken() {
    Pod driver =
        created(
                """
                main: {connect: {tokenFrom: {secret: connect-token}}}
                sparkConf: {spark.connect.grpc.binding.port: "15003"}
                """)
            .pod("flights-1-driver");

    Container container = driver.getSpec().getContainers().get(0);
    assertThat(container.getPorts())
        .filteredOn(port -> port.getName().equals("connect"))
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(15003));
    assertThat(container.getReadinessProbe().getTcpSocket().getPort().getIntVal()).isEqualTo(15003);
    EnvVar token =
        container.getEnv().stream()
            .filter(env -> env.getName().equals("SPARK_CONNECT_AUTHENTICATE_TOKEN"))
            .findFirst()
            .orElseThrow();
    assertThat(token.getValueFrom().getSecretKeyRef().getName()).isEqualTo("connect-token");
    assertThat(token.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("token");
    assertThat(env(container, "SPARKAPP_MAIN")).isEqualTo("{\"connect\":\"\"}");
    assertThat(created(MAIN).pod("flights-1-driver").getSpec().getContainers().get(0).getPorts())
        .extracting(ContainerPort::getName)
        .containsExactly("ui");
  }

  @Test
  void executorsHaveNoCredentialsForTheApiServer() {
    Pod executor = created(MAIN).pod("flights-1-exec-1");

    assertThat(executor.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(executor.getSpec().getServiceAccountName()).isNull();
  }

  @Test
  void podsPassPodSecurityRestricted() {
    for (Pod pod :
        java.util.List.of(
            created(MAIN).pod("flights-1-exec-1"), created(MAIN).pod("flights-1-driver"))) {
      assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      Container container = pod.getSpec().getContainers().get(0);
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  @Test
  void imagesArePulledAsTheOperatorIsTold() {
    Pod driver = created(MAIN).pod("flights-1-driver");

    assertThat(driver.getSpec().getContainers().get(0).getImagePullPolicy())
        .isEqualTo("IfNotPresent");
    assertThat(driver.getSpec().getImagePullSecrets())
        .singleElement()
        .satisfies(secret -> assertThat(secret.getName()).isEqualTo("registry"));
  }

  @Test
  void executorsGetTheImageThatIsNearestToThem() {
    assertThat(image(created(MAIN), "flights-1-exec-1")).isEqualTo("executor-image");
    assertThat(image(created(MAIN + "image: both"), "flights-1-exec-1")).isEqualTo("both");
    assertThat(image(created(MAIN + "image: both\nexecutor: {image: mine}"), "flights-1-exec-1"))
        .isEqualTo("mine");
    assertThat(image(created(MAIN + "image: both\nexecutor: {image: mine}"), "flights-1-driver"))
        .isEqualTo("both");
  }

  @Test
  void userOptionsAndExecutorEnvironmentReachTheProcess() {
    Pod executor =
        created(
                MAIN
                    + """
                    sparkConf:
                      spark.executor.extraJavaOptions: -Da=1 -Db="x y"
                      spark.executorEnv.STAGE: test
                    executor: {javaOptions: -XX:+UseSerialGC}
                    """)
            .pod("flights-1-exec-1");

    Container container = executor.getSpec().getContainers().get(0);
    assertThat(container.getArgs())
        .containsSubsequence("-Dours=1", "-Dexecutors=1", "-Da=1", "-Db=x y", "-XX:+UseSerialGC");
    assertThat(env(container, "STAGE")).isEqualTo("test");
  }

  @Test
  void theOperatorsOwnOptionsComeFirstAndNeverASecondCollector() {
    Pod plain = created(MAIN).pod("flights-1-driver");
    Pod chosen = created(MAIN + "driver: {javaOptions: -XX:+UseG1GC}").pod("flights-1-driver");

    assertThat(plain.getSpec().getContainers().get(0).getArgs())
        .contains("-XX:+UseSerialGC", "-Dours=1")
        .doesNotContain("-Dexecutors=1");
    assertThat(chosen.getSpec().getContainers().get(0).getArgs())
        .containsSubsequence("-Dours=1", "-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void allPodsHaveThePriorityClass() {
    FakeCluster cluster =
        new FakeCluster(
            Apps.of(
                """
                main: {jar: "local:///opt/app.jar", class: com.acme.Main}
                executor: {instances: 1}
                priorityClassName: nightly
                """));

    cluster.reconcile();

    assertThat(cluster.podNames())
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(cluster.pod(pod).getSpec().getPriorityClassName()).isEqualTo("nightly"));
  }

  private static String image(FakeCluster cluster, String pod) {
    return cluster.pod(pod).getSpec().getContainers().get(0).getImage();
  }
}
