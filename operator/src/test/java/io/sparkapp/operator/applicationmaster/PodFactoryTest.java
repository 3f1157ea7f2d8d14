package io.sparkapp.operator.applicationmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodFactoryTest {

  private static final String MAIN =
      "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main, args: [\"a b\", \"$(X)\"]}\n";

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
  void memoryBeyondTheHeapIsTheShareThatSparksPropertiesSay() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                sparkConf:
                  spark.executor.memoryOverheadFactor: "0.5"
                  spark.driver.minMemoryOverhead: 512m
                driver: {memory: 1g}
                executor: {instances: 1, memory: 8g}
                """);

    assertThat(memory(cluster.pod("flights-1-exec-1"))).isEqualTo("12288Mi");
    assertThat(memory(cluster.pod("flights-1-driver"))).isEqualTo("1536Mi");
  }

  private static String memory(Pod pod) {
    return pod.getSpec().getContainers().get(0).getResources().getLimits().get("memory").toString();
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

  @Test
  void dependenciesBecomeSparksOwnPropertiesForTheDriverToResolve() {
    Pod driver =
        created(
                MAIN
                    + """
                    dependencies:
                      jars: ["s3a://libs/a.jar"]
                      files: ["https://acme.com/names.txt"]
                      pyFiles: ["local:///opt/etl.zip"]
                      archives: ["https://acme.com/env.tgz#env"]
                      packages: ["org.postgresql:postgresql:42.7.4"]
                      excludePackages: ["org.slf4j:slf4j-api"]
                      repositories: ["https://repo.acme.com/maven"]
                    sparkConf:
                      spark.jars: "local:///opt/b.jar"
                      spark.jars.packages: "com.acme:a:1,com.acme:b:2"
                    """)
            .pod("flights-1-driver");

    Container container = driver.getSpec().getContainers().get(0);
    Map<?, ?> conf = Serialization.unmarshal(env(container, "SPARKAPP_CONF"), Map.class);
    assertThat(conf.get("spark.jars"))
        .isEqualTo("local:///opt/app.jar,s3a://libs/a.jar,local:///opt/b.jar");
    assertThat(conf.get("spark.files")).isEqualTo("https://acme.com/names.txt");
    assertThat(conf.get("spark.submit.pyFiles")).isEqualTo("local:///opt/etl.zip");
    assertThat(conf.get("spark.archives")).isEqualTo("https://acme.com/env.tgz#env");
    assertThat(conf.get("spark.jars.packages"))
        .isEqualTo("org.postgresql:postgresql:42.7.4,com.acme:a:1,com.acme:b:2");
    assertThat(conf.get("spark.jars.excludes")).isEqualTo("org.slf4j:slf4j-api");
    assertThat(conf.get("spark.jars.repositories")).isEqualTo("https://repo.acme.com/maven");
  }

  @Test
  void propertiesOfHadoopAndPropertiesFromElsewhereReachTheDriver() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                hadoopConf: {fs.s3a.endpoint: "http://minio:9000"}
                sparkConfFrom: [{configMap: tuning}, {secret: keys}]
                hadoopConfFrom: [{configMap: hdfs}]
                imagePullSecrets: [mine]
                """);

    Pod driver = cluster.pod("flights-1-driver");
    Container container = driver.getSpec().getContainers().get(0);
    assertThat(env(container, "SPARKAPP_CONF"))
        .contains("\"spark.hadoop.fs.s3a.endpoint\":\"http://minio:9000\"");
    assertThat(env(container, "SPARKAPP_SPARK_CONF_FROM"))
        .isEqualTo("/etc/sparkapp/spark-conf/0:/etc/sparkapp/spark-conf/1");
    assertThat(env(container, "SPARKAPP_HADOOP_CONF_FROM"))
        .isEqualTo("/etc/sparkapp/hadoop-conf/0");
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getMountPath().startsWith("/etc/sparkapp/"))
        .hasSize(3)
        .allSatisfy(mount -> assertThat(mount.getReadOnly()).isTrue());
    assertThat(cluster.required())
        .containsExactlyInAnyOrder(
            new Reference(Reference.Kind.ConfigMap, "tuning", Optional.empty()),
            new Reference(Reference.Kind.Secret, "keys", Optional.empty()),
            new Reference(Reference.Kind.ConfigMap, "hdfs", Optional.empty()));
    assertThat(driver.getSpec().getImagePullSecrets())
        .extracting(LocalObjectReference::getName)
        .containsExactly("registry", "mine");
    assertThat(cluster.pod("flights-1-exec-1").getSpec().getImagePullSecrets()).hasSize(2);
  }

  @Test
  void whatAPodTemplateRefersToHasToBeThereUnlessItIsOptional() {
    FakeCluster cluster =
        created(
            MAIN
                + """
                driver:
                  template:
                    spec:
                      containers:
                      - name: driver
                        envFrom: [{configMapRef: {name: a}}, {secretRef: {name: no, optional: true}}]
                        env: [{name: X, valueFrom: {secretKeyRef: {name: b, key: x}}}]
                      volumes:
                      - {name: c, secret: {secretName: c}}
                      - {name: d, projected: {sources: [{configMap: {name: d}}]}}
                executor:
                  template: {spec: {volumes: [{name: e, configMap: {name: e}}]}}
                """);

    assertThat(cluster.required())
        .extracting(Reference::sentence)
        .containsExactlyInAnyOrder(
            "ConfigMap a", "Secret b with key x", "Secret c", "ConfigMap d", "ConfigMap e");
    assertThat(created(MAIN).required()).isEmpty();
  }

  @Test
  void aVolumeOfATemplateTakesThePlaceOfOurs() {
    Pod executor =
        created(
                MAIN
                    + "executor: {template: {spec: {volumes: [{name: spark-local,"
                    + " hostPath: {path: /mnt/nvme}}]}}}\n")
            .pod("flights-1-exec-1");

    assertThat(executor.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("spark-local"))
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.getHostPath().getPath()).isEqualTo("/mnt/nvme");
              assertThat(volume.getEmptyDir()).isNull();
            });
  }

  @Test
  void whatATemplateMayNotSayIsRefusedWithTheReason() {
    Map.ofEntries(
            Map.entry("{containers: []}", "may not have containers: a pod template has metadata"),
            Map.entry("{metadata: {name: mine}}", "may not have metadata.name: the operator names"),
            Map.entry("{metadata: {ownerReferences: []}}", "may not have metadata.ownerReferences"),
            Map.entry("{metadata: {namespace: x}}", "may not have metadata.namespace"),
            Map.entry(
                "{metadata: {labels: {sparkapp.io/app: x}}}",
                "may not have metadata.labels.sparkapp.io/app: the operator knows"),
            Map.entry(
                "{metadata: {annotations: {sparkapp.io/driver-address: x}}}",
                "may not have metadata.annotations.sparkapp.io/driver-address"),
            Map.entry("{spec: {restartPolicy: Always}}", "may not have spec.restartPolicy: what"),
            Map.entry("{spec: {containers: null}}", "may not have spec.containers: without"),
            Map.entry(
                "{spec: {containers: [{name: driver, command: [sh]}]}}",
                "may not have spec.containers[driver].command: the operator starts Spark itself"),
            Map.entry(
                "{spec: {containers: [{name: driver, args: [x]}]}}",
                "may not have spec.containers[driver].args"),
            Map.entry(
                "{spec: {containers: [{name: driver, resources: {limits: {memory: 1Gi}}}]}}",
                "may not have spec.containers[driver].resources.limits.memory: spec.driver.memory"),
            Map.entry(
                "{spec: {containers: [{name: driver, env: [{name: SPARKAPP_MAIN, value: x}]}]}}",
                "may not have spec.containers[driver].env[SPARKAPP_MAIN]"))
        .forEach(
            (template, sentence) -> {
              FakeCluster cluster = created(MAIN + "driver: {template: " + template + "}\n");
              assertThat(cluster.status().phase()).as(template).isEqualTo(Phase.Failed);
              assertThat(cluster.status().message())
                  .startsWith("spec.driver.template may not have ")
                  .contains(sentence)
                  .endsWith("; leave it out.");
              assertThat(cluster.podNames()).isEmpty();
            });
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
  void memoryIsComputedAsSparkDoes() {
    Pod small = created(MAIN + "executor: {memory: 1g}").pod("flights-1-exec-1");
    Pod large = created(MAIN + "executor: {memory: 10Gi}").pod("flights-1-exec-1");
    Pod written =
        created(MAIN + "executor: {memory: 2g, memoryOverhead: 1g}").pod("flights-1-exec-1");

    assertThat(limit(small)).isEqualTo("1408Mi");
    assertThat(limit(large)).isEqualTo("11264Mi");
    assertThat(limit(written)).isEqualTo("3072Mi");
  }

  @Test
  void minAndMaxTurnSparksDynamicAllocationOnAndLetIdleExecutorsHandOverWhatTheyHold() {
    FakeCluster cluster = created(MAIN + "executor: {min: 1, max: 20, instances: 3}\n");

    assertThat(cluster.podNames()).contains("flights-1-exec-3").doesNotContain("flights-1-exec-4");
    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_CONF"))
        .contains(
            "\"spark.dynamicAllocation.enabled\":\"true\"",
            "\"spark.dynamicAllocation.minExecutors\":\"1\"",
            "\"spark.dynamicAllocation.maxExecutors\":\"20\"",
            "\"spark.dynamicAllocation.initialExecutors\":\"3\"",
            "\"spark.decommission.enabled\":\"true\"",
            "\"spark.dynamicAllocation.shuffleTracking.enabled\":\"false\"");
  }

  @Test
  void whoWantsShuffleTrackingInsteadSaysSo() {
    FakeCluster cluster =
        created(
            MAIN
                + "executor: {max: 20}\n"
                + "sparkConf: {spark.dynamicAllocation.shuffleTracking.enabled: \"true\"}\n");

    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_CONF"))
        .contains("\"spark.dynamicAllocation.shuffleTracking.enabled\":\"true\"");
  }

  @Test
  void pythonGetsRoomForItsProcessesBesideTheJvms() {
    FakeCluster cluster = created("main: {python: \"local:///app.py\"}\nexecutor: {memory: 2g}\n");

    assertThat(limit(cluster.pod("flights-1-exec-1"))).isEqualTo("2867Mi");
    assertThat(limit(cluster.pod("flights-1-driver"))).isEqualTo("1433Mi");
    Container driver = cluster.pod("flights-1-driver").getSpec().getContainers().get(0);
    assertThat(env(driver, "SPARKAPP_MAIN")).isEqualTo("{\"python\":\"local:///app.py\"}");
  }

  @Test
  void cpuIsRequestedAsManyAsCoresUnlessTheUserSaysLess() {
    FakeCluster plain = created(MAIN + "executor: {cores: 2}");
    FakeCluster less = created(MAIN + "driver: {cpuRequest: 100m}\nexecutor: {cpuRequest: 500m}");

    assertThat(cpu(plain, "flights-1-exec-1")).isEqualTo("2");
    assertThat(cpu(plain, "flights-1-driver")).isEqualTo("1");
    assertThat(cpu(less, "flights-1-exec-1")).isEqualTo("500m");
    assertThat(cpu(less, "flights-1-driver")).isEqualTo("100m");
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
  void aTemplateIsMergedOverThePodByNameAndCanNotTakeItFromUs() {
    Pod driver =
        created(
                MAIN
                    + """
                    driver:
                      template:
                        metadata: {labels: {team: data}}
                        spec:
                          tolerations: [{key: spot, operator: Exists}]
                          containers:
                          - name: driver
                            env: [{name: TZ, value: UTC}]
                          - name: sidecar
                            image: sidecar
                    """)
            .pod("flights-1-driver");

    assertThat(driver.getMetadata().getLabels())
        .containsEntry("team", "data")
        .containsEntry(Names.ROLE, Names.DRIVER);
    assertThat(driver.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(driver.getSpec().getTolerations())
        .extracting(Toleration::getKey)
        .containsExactly("spot");
    assertThat(driver.getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly("driver", "sidecar");
    assertThat(env(driver.getSpec().getContainers().get(0), "TZ")).isEqualTo("UTC");
    assertThat(env(driver.getSpec().getContainers().get(0), "SPARKAPP_NAME")).isEqualTo("flights");
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
  void executorsStartWithTheConfNeededToReachTheDriverAndNoMore() {
    Pod executor =
        created(
                MAIN
                    + "sparkConf: {spark.rpc.askTimeout: 30s, spark.sql.ansi.enabled: \"true\","
                    + " spark.blockManager.port: \"7100\"}")
            .pod("flights-1-exec-1");

    Map<?, ?> conf =
        Serialization.unmarshal(
            env(executor.getSpec().getContainers().get(0), "SPARKAPP_EXECUTOR_CONF"), Map.class);
    assertThat(conf.keySet().stream().map(Object::toString).toList())
        .containsExactlyInAnyOrder(
            "spark.authenticate",
            "spark.blockManager.port",
            "spark.network.crypto.enabled",
            "spark.rpc.askTimeout");
  }

  private static FakeCluster created(String spec) {
    return new FakeCluster(Apps.of(spec)).reconcile();
  }

  private static String env(Container container, String name) {
    return container.getEnv().stream()
        .filter(each -> name.equals(each.getName()))
        .map(EnvVar::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String limit(Pod pod) {
    return pod.getSpec().getContainers().get(0).getResources().getLimits().get("memory").toString();
  }

  private static String cpu(FakeCluster cluster, String pod) {
    Container container = cluster.pod(pod).getSpec().getContainers().get(0);
    return container.getResources().getRequests().get("cpu").toString();
  }

  private static String image(FakeCluster cluster, String pod) {
    return cluster.pod(pod).getSpec().getContainers().get(0).getImage();
  }
}
