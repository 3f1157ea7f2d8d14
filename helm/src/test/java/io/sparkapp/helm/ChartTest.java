package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.sparkapp.operator.InstallationCheck;
import io.sparkapp.operator.OperatorConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {

  private static final String DEFAULTS = "{}";

  @TempDir private Path scratch;
  private Chart chart;

  @BeforeEach
  void copy() {
    chart = new Chart(scratch);
  }

  @Test
  void helmFindsNothingToWarnOf() {
    assertThat(Chart.lint().isFailed()).isFalse();
    assertThat(Chart.lint().getMessages())
        .noneMatch(message -> message.contains("[WARNING]") || message.contains("[ERROR]"));
  }

  @Test
  void withDefaultsThereIsWhatTheOperatorNeedsAndNothingElse() {
    assertThat(chart.render(DEFAULTS).names())
        .containsExactlyInAnyOrder(
            "CustomResourceDefinition/sparkapps.sparkapp.io",
            "CustomResourceDefinition/executorrequests.sparkapp.io",
            "CustomResourceDefinition/scheduledsparkapps.sparkapp.io",
            "CustomResourceDefinition/sparkqueues.sparkapp.io",
            "ServiceAccount/sparkapp-system/sparkapp-operator",
            "ClusterRole/sparkapp-operator.sparkapp-system",
            "ClusterRoleBinding/sparkapp-operator.sparkapp-system",
            "ClusterRole/sparkapp-operator-driver.sparkapp-system",
            "ClusterRole/sparkapp-operator-client.sparkapp-system",
            "Role/sparkapp-system/sparkapp-operator",
            "RoleBinding/sparkapp-system/sparkapp-operator",
            "Deployment/sparkapp-system/sparkapp-operator",
            "PodDisruptionBudget/sparkapp-system/sparkapp-operator",
            "Service/sparkapp-system/sparkapp-operator-metrics",
            "Service/sparkapp-system/sparkapp-operator-web",
            "Secret/sparkapp-system/sparkapp-operator-web",
            "ValidatingAdmissionPolicy/sparkapp-operator.sparkapp-system",
            "ValidatingAdmissionPolicyBinding/sparkapp-operator.sparkapp-system",
            "ValidatingAdmissionPolicy/sparkapp-operator-users.sparkapp-system",
            "ValidatingAdmissionPolicyBinding/sparkapp-operator-users.sparkapp-system",
            // Hooks.
            "Lease/sparkapp-system/sparkapp-operator",
            "ServiceAccount/sparkapp-system/sparkapp-operator-test",
            "Role/sparkapp-system/sparkapp-operator-test",
            "RoleBinding/sparkapp-system/sparkapp-operator-test",
            "Pod/sparkapp-system/sparkapp-operator-test");
  }

  @Test
  void theOperatorUnderstandsItsEnvironment() {
    OperatorConfig config = OperatorConfig.from(environment(operator(chart.render(DEFAULTS))));

    assertThat(config.jobNamespaces()).isEmpty();
    assertThat(config.manageDriverAccess()).isTrue();
    assertThat(config.readNodes()).isTrue();
    assertThat(config.web())
        .hasValueSatisfying(
            web -> {
              assertThat(web.address().getPort()).isEqualTo(8090);
              assertThat(web.certificate()).isEmpty();
              assertThat(web.ticketKey()).contains("sparkapp-operator-web");
            });
    assertThat(config.driverClusterRole()).isEqualTo("sparkapp-operator-driver.sparkapp-system");
    assertThat(config.pods().driverImage()).isEqualTo("sparkapp/driver:0.1.0");
    assertThat(config.pods().executorImage()).isEqualTo("sparkapp/executor:0.1.0");
    assertThat(config.pods().driverServiceAccount()).isEqualTo("sparkapp-driver");
    assertThat(config.lease())
        .hasValueSatisfying(
            lease -> {
              assertThat(lease.namespace()).isEqualTo("sparkapp-system");
              assertThat(lease.identity()).isEqualTo("metadata.name");
              assertThat(lease.duration()).isEqualTo(Duration.ofSeconds(15));
            });
  }

  @Test
  void allThatCanBeSetReachesTheOperator() {
    PodSpec pod = operator(chart.render(Chart.ALL_VALUES));
    Map<String, String> environment = environment(pod);
    OperatorConfig config = OperatorConfig.from(environment);

    assertThat(config.jobNamespaces()).containsExactlyInAnyOrder("etl", "ml");
    assertThat(config.manageDriverAccess()).isFalse();
    assertThat(config.parallelCalls()).isEqualTo(16);
    assertThat(config.readNodes()).isFalse();
    assertThat(config.web())
        .hasValueSatisfying(
            web -> {
              assertThat(web.address().getPort()).isEqualTo(9443);
              assertThat(web.certificate()).contains(Path.of("/etc/sparkapp/web-tls"));
              assertThat(web.ticketKey()).contains("tickets");
              assertThat(web.historyServer()).contains(URI.create("https://history.example.com"));
            });
    assertThat(config.pods().driverImage())
        .isEqualTo(
            "registry.example.com:5000/acme/spark/driver@sha256:" + "0123456789abcdef".repeat(4));
    assertThat(config.pods().executorImage())
        .isEqualTo("registry.example.com:5000/acme/spark/executor:5.6");
    assertThat(config.pods().imagePullPolicy()).isEqualTo("Always");
    assertThat(config.pods().imagePullSecrets()).containsExactly("registry", "mirror");
    assertThat(config.pods().driverServiceAccount()).isEqualTo("spark-driver");
    assertThat(config.pods().javaOptions()).isEqualTo("-Duser.timezone=UTC -Dx=\"a b\"");
    assertThat(config.pods().executorJavaOptions()).isEqualTo("-Xss2m");
    assertThat(config.lease())
        .hasValueSatisfying(
            lease -> {
              assertThat(lease.name()).isEqualTo("acme-spark");
              assertThat(lease.duration()).isEqualTo(Duration.ofSeconds(30));
              assertThat(lease.renewDeadline()).isEqualTo(Duration.ofSeconds(20));
              assertThat(lease.retryPeriod()).isEqualTo(Duration.ofSeconds(4));
            });
    assertThat(environment)
        .containsEntry("JDK_JAVA_OPTIONS", "-XX:+UseZGC")
        .containsEntry("HTTPS_PROXY", "http://proxy:3128");
    assertThat(pod.getContainers().get(0).getImage())
        .isEqualTo("registry.example.com:5000/acme/operator:3.4");
    assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
  }

  @Test
  void aStandbyIsUpBeforeTheLeaderGoesUnlessThereIsNoElection() {
    var rolling = deployment(chart.render(DEFAULTS)).getSpec().getStrategy();
    var recreated =
        deployment(chart.render("{replicas: 1, leaderElection: {enabled: false}}"))
            .getSpec()
            .getStrategy();

    assertThat(rolling.getRollingUpdate().getMaxSurge().getIntVal()).isEqualTo(1);
    assertThat(rolling.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(recreated.getType()).isEqualTo("Recreate");
  }

  @Test
  void whatSelectsOperatorsSelectsTheirPodsAndNoOthers() {
    Rendered rendered = chart.render(Chart.ALL_VALUES);
    Map<String, String> labels =
        deployment(rendered).getSpec().getTemplate().getMetadata().getLabels();
    var selectors =
        Map.of(
            "Deployment",
            deployment(rendered).getSpec().getSelector().getMatchLabels(),
            "PodDisruptionBudget",
            rendered
                .one(PodDisruptionBudget.class, "acme-spark")
                .getSpec()
                .getSelector()
                .getMatchLabels(),
            "Service",
            rendered.one(Service.class, "acme-spark-metrics").getSpec().getSelector(),
            "NetworkPolicy",
            rendered
                .one(NetworkPolicy.class, "acme-spark")
                .getSpec()
                .getPodSelector()
                .getMatchLabels());

    assertThat(selectors)
        .allSatisfy(
            (what, selector) -> {
              assertThat(labels).containsAllEntriesOf(selector);
              assertThat(rendered.one(Pod.class, "acme-spark-test").getMetadata().getLabels())
                  .doesNotContainEntry(
                      "app.kubernetes.io/component", selector.get("app.kubernetes.io/component"));
            });
  }

  @Test
  void crdsStayUnlessTheyAreNotToBeKept() {
    assertThat(chart.render(DEFAULTS).all(CustomResourceDefinition.class))
        .hasSize(4)
        .allSatisfy(
            crd ->
                assertThat(crd.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep"));
    assertThat(chart.render("crds: {keep: false}").all(CustomResourceDefinition.class))
        .hasSize(4)
        .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations()).isNullOrEmpty());
    assertThat(chart.render("crds: {install: false}").all(CustomResourceDefinition.class))
        .isEmpty();
  }

  @Test
  void jobNamespacesAreMadeWithLabelsAndStayAndGetTheDriversAccount() {
    Rendered rendered = chart.render(Chart.ALL_VALUES);

    assertThat(rendered.one(Namespace.class, "etl").getMetadata())
        .satisfies(
            etl -> {
              assertThat(etl.getLabels())
                  .containsEntry("team", "data")
                  .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
              assertThat(etl.getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
            });
    for (String namespace : new String[] {"etl", "ml"}) {
      assertThat(
              rendered
                  .one(ServiceAccount.class, namespace, "spark-driver")
                  .getMetadata()
                  .getAnnotations())
          .containsEntry("cloud.example.com/role", "etl");
    }
  }

  @Test
  void theHistoryServerReadsTheLogDirectoryAndRunsAsSparkNeedsIt() {
    Rendered rendered = chart.render(Chart.ALL_VALUES);
    var container = rendered.pods().get("acme-spark-history").getContainers().get(0);

    assertThat(container.getCommand())
        .startsWith("java", "-XX:+IgnoreUnrecognizedVMOptions")
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "/opt/spark/jars/*")
        .containsSequence(
            "org.apache.spark.deploy.history.HistoryServer",
            "--properties-file",
            "/etc/sparkapp/history-server/spark.properties");
    assertThat(
            rendered
                .one(ConfigMap.class, "acme-spark-history")
                .getData()
                .get("spark.properties")
                .lines())
        .containsExactly(
            "spark.history.fs.logDirectory=file:///events",
            "spark.history.ui.port=18080",
            "spark.history.retainedApplications=100");
  }

  @Test
  void aChangedPropertyRestartsTheHistoryServer() {
    String one = "historyServer: {enabled: true, logDirectory: \"file:///events\"}";
    String other = "historyServer: {enabled: true, logDirectory: \"file:///other\"}";

    assertThat(checksum(one)).isNotEqualTo(checksum(other)).isEqualTo(checksum(one));
  }

  @Test
  void theTestRunsTheCheckOfTheOperatorsImage() {
    var container =
        chart
            .render(Chart.ALL_VALUES)
            .one(Pod.class, "acme-spark-test")
            .getSpec()
            .getContainers()
            .get(0);

    assertThat(container.getCommand()).endsWith(InstallationCheck.class.getName());
    assertThat(container.getEnv())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .contains(tuple("SPARKAPP_CHECK_NAMESPACE", "ml"), tuple("SPARKAPP_CHECK_TIMEOUT", "PT2M"));
  }

  @Test
  void aServiceMonitorSelectsTheMetricsService() {
    Rendered rendered = chart.render(Chart.ALL_VALUES);
    GenericKubernetesResource monitor =
        rendered.all(GenericKubernetesResource.class).stream()
            .filter(object -> object.getKind().equals("ServiceMonitor"))
            .findFirst()
            .orElseThrow();

    assertThat(rendered.one(Service.class, "acme-spark-metrics").getMetadata().getLabels())
        .containsAllEntriesOf(monitor.<Map<String, String>>get("spec", "selector", "matchLabels"));
    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
  }

  @Test
  void thePageIsReachedByItsServiceAnIngressAndARoute() {
    Rendered rendered = chart.render(Chart.ALL_VALUES);
    Service service = rendered.one(Service.class, "acme-spark-web");
    int port = service.getSpec().getPorts().get(0).getPort();
    var backend =
        rendered
            .one(Ingress.class, "acme-spark-web")
            .getSpec()
            .getRules()
            .get(0)
            .getHttp()
            .getPaths()
            .get(0)
            .getBackend()
            .getService();
    HTTPRoute route = rendered.one(HTTPRoute.class, "acme-spark-web");

    assertThat(operator(rendered).getContainers().get(0).getPorts())
        .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
        .contains(tuple(service.getSpec().getPorts().get(0).getTargetPort().getStrVal(), 9443));
    assertThat(backend.getName()).isEqualTo("acme-spark-web");
    assertThat(backend.getPort().getNumber()).isEqualTo(port);
    assertThat(route.getSpec().getRules().get(0).getBackendRefs().get(0).getPort()).isEqualTo(port);
    assertThat(operator(rendered).getVolumes())
        .anyMatch(
            volume ->
                volume.getSecret() != null
                    && volume.getSecret().getSecretName().equals("page-tls"));
  }

  @Test
  void theKeyOfLinksStaysWhenTheChartIsUpgraded() {
    chart.with(
        "{apiVersion: v1, kind: Secret, metadata: {name: sparkapp-operator-web, namespace:"
            + " sparkapp-system}, data: {key: a2VwdA==}}");

    assertThat(chart.render(DEFAULTS).one(Secret.class, "sparkapp-operator-web").getData())
        .containsEntry("key", "a2VwdA==");
  }

  @Test
  void whoWantsNoPageHasNothingOfIt() {
    Rendered without = chart.render("web: {enabled: false}");

    assertThat(without.names()).noneMatch(name -> name.endsWith("-web"));
    assertThat(OperatorConfig.from(environment(operator(without))).web()).isEmpty();
    assertThat(without.text()).doesNotContain("tokenreviews", "subjectaccessreviews");
  }

  private String checksum(String values) {
    return chart
        .render(values)
        .one(Deployment.class, "sparkapp-operator-history")
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .get("checksum/config");
  }

  private static Deployment deployment(Rendered rendered) {
    return rendered.all(Deployment.class).stream()
        .filter(each -> !each.getMetadata().getName().endsWith("-history"))
        .findFirst()
        .orElseThrow();
  }

  private static PodSpec operator(Rendered rendered) {
    return deployment(rendered).getSpec().getTemplate().getSpec();
  }

  /** A field of the pod stands for its path, a key of a Secret for the Secret's name. */
  private static Map<String, String> environment(PodSpec pod) {
    return pod.getContainers().get(0).getEnv().stream()
        .collect(
            Collectors.toMap(
                EnvVar::getName,
                each ->
                    each.getValue() == null ? reference(each.getValueFrom()) : each.getValue()));
  }

  private static String reference(EnvVarSource source) {
    return source.getFieldRef() == null
        ? source.getSecretKeyRef().getName()
        : source.getFieldRef().getFieldPath();
  }
}
