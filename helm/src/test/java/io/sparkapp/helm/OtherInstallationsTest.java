package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on the cluster already, and how the chart gets along with it. */
class OtherInstallationsTest {

  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: %s.sparkapp.io
        annotations: {%s}
      spec: {group: sparkapp.io, names: {singular: x}}
      """;
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: other-sparkapp-operator
        namespace: %s
        annotations: {%s, sparkapp.io/job-namespaces: "%s"}
      """;
  private static final String SERVICE_ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: sparkapp-driver, namespace: etl, annotations: {%s}}
      """;
  private static final String OURS =
      "meta.helm.sh/release-name: sparkapp, meta.helm.sh/release-namespace: sparkapp-system";
  private static final String OTHERS =
      "meta.helm.sh/release-name: other, meta.helm.sh/release-namespace: team";

  @TempDir private Path scratch;
  private Chart chart;

  @BeforeEach
  void aCluster() {
    chart = new Chart(scratch).with(namespace("kube-system"));
  }

  @Test
  void crdsOfThisReleaseAreUpgraded() {
    crds(OURS);

    assertThat(chart.render("{}").all(CustomResourceDefinition.class)).hasSize(4);
    assertThat(chart.notes("{}")).doesNotContain("The CRDs");
  }

  @Test
  void crdsOfAnotherReleaseAreLeftAloneAndNotesSayWhose() {
    crds(OTHERS);

    assertThat(chart.render("{}").all(CustomResourceDefinition.class)).isEmpty();
    assertThat(chart.notes("{}"))
        .contains(
            "The CRDs executorrequests.sparkapp.io and scheduledsparkapps.sparkapp.io and"
                + " sparkapps.sparkapp.io and sparkqueues.sparkapp.io belong to release other in namespace team");
  }

  @Test
  void crdsThatWereAppliedByHandAreLeftAloneAndNotesSayHowToTakeThemOver() {
    chart.with(CRD.formatted("sparkapps", ""));

    assertThat(chart.render("{}").all(CustomResourceDefinition.class))
        .extracting(crd -> crd.getMetadata().getName())
        .containsExactly(
            "executorrequests.sparkapp.io",
            "scheduledsparkapps.sparkapp.io",
            "sparkqueues.sparkapp.io");
    assertThat(chart.notes("{}"))
        .contains("The CRDs sparkapps.sparkapp.io were applied without Helm")
        .contains(
            "kubectl annotate --overwrite crd sparkapps.sparkapp.io"
                + " meta.helm.sh/release-name=sparkapp"
                + " meta.helm.sh/release-namespace=sparkapp-system");
  }

  @Test
  void aSecondReleaseForAllNamespacesIsRefusedWithWhatToType() {
    chart.with(DEPLOYMENT.formatted("team", OTHERS, "*"));

    for (String values : List.of("{}", "jobNamespaces: [etl]")) {
      if (values.contains("etl")) {
        chart.with(namespace("etl"));
      }
      assertThatThrownBy(() -> chart.render(values))
          .hasMessageContaining(
              "Release other in namespace team serves all namespaces already: type helm upgrade"
                  + " other CHART --namespace team");
    }
  }

  @Test
  void aReleaseForAllNamespacesBesideOneForSomeIsRefused() {
    chart.with(DEPLOYMENT.formatted("team", OTHERS, "etl,ml"));

    assertThatThrownBy(() -> chart.render("{}"))
        .hasMessageContaining("Release other in namespace team serves namespaces etl,ml already")
        .hasMessageContaining("--set 'jobNamespaces={...}'");
  }

  @Test
  void aNamespaceThatIsServedAlreadyIsNamed() {
    chart
        .with(DEPLOYMENT.formatted("team", OTHERS, "etl,ml"))
        .with(namespace("ml"))
        .with(namespace("reports"));

    assertThatThrownBy(() -> chart.render("jobNamespaces: [reports, ml]"))
        .hasMessageContaining("Release other in namespace team serves namespace ml already");
    assertThat(chart.render("jobNamespaces: [reports]").objects()).isNotEmpty();
  }

  @Test
  void anUpgradeIsNotASecondInstallation() {
    chart.with(DEPLOYMENT.formatted("sparkapp-system", OURS, "*"));

    assertThat(chart.render("{}").objects()).isNotEmpty();
  }

  @Test
  void aDeploymentThatIsBeingDeletedServesNobody() {
    chart.with(
        DEPLOYMENT.formatted("team", OTHERS, "*")
            + "  deletionTimestamp: \"2026-01-01T00:00:00Z\"\n");

    assertThat(chart.render("{}").objects()).isNotEmpty();
  }

  @Test
  void whatBelongsToNoNamespaceHasTheReleasesNamespaceInItsName() {
    Rendered rendered = chart.with(namespace("etl")).render("jobNamespaces: [etl]");

    assertThat(rendered.all(ClusterRole.class))
        .hasSize(4)
        .allMatch(role -> role.getMetadata().getName().endsWith(".sparkapp-system"));
    assertThat(rendered.all(ValidatingAdmissionPolicy.class))
        .hasSize(2)
        .allSatisfy(
            policy -> {
              assertThat(policy.getMetadata().getName()).endsWith(".sparkapp-system");
              assertThat(
                      policy
                          .getSpec()
                          .getMatchConstraints()
                          .getNamespaceSelector()
                          .getMatchExpressions()
                          .get(0)
                          .getValues())
                  .containsExactly("etl");
            });
  }

  @Test
  void aJobNamespaceThatDoesNotExistIsNamedUnlessItIsToBeMade() {
    assertThatThrownBy(() -> chart.render("jobNamespaces: [etl]"))
        .hasMessageContaining(
            "Namespace etl of jobNamespaces does not exist: type kubectl create namespace etl, or"
                + " set createJobNamespaces=true");
    assertThat(
            chart.render("{jobNamespaces: [etl], createJobNamespaces: true}").all(Namespace.class))
        .hasSize(1);
  }

  @Test
  void aJobNamespaceThatIsThereAlreadyIsNotTouched() {
    chart.with(namespace("etl"));

    assertThat(
            chart.render("{jobNamespaces: [etl], createJobNamespaces: true}").all(Namespace.class))
        .isEmpty();
  }

  @Test
  void anAccountThatTheOperatorMadeStaysAsItIsWhenAListOfNamespacesComes() {
    chart.with(namespace("etl")).with(SERVICE_ACCOUNT.formatted(""));

    assertThat(chart.render("jobNamespaces: [etl]").names())
        .doesNotContain("ServiceAccount/etl/sparkapp-driver")
        .contains("RoleBinding/etl/sparkapp-operator-driver.sparkapp-system");
  }

  @Test
  void annotationsThatAnAccountDoesNotGetAreSaidWithWhatToType() {
    chart.with(namespace("etl")).with(SERVICE_ACCOUNT.formatted(""));

    assertThat(
            chart.notes(
                "jobNamespaces: [etl]\n"
                    + "driver: {serviceAccount: {annotations: {example.com/role: reader}}}"))
        .contains(
            "kubectl annotate --overwrite --namespace etl serviceaccount sparkapp-driver"
                + " example.com/role=reader");
  }

  @Test
  void driversThatRunKeepTheirAccountWhenTheListOfNamespacesGoes() {
    chart.with(namespace("etl")).with(SERVICE_ACCOUNT.formatted(OURS));

    Rendered rendered = chart.render("{}");

    assertThat(rendered.one(ServiceAccount.class, "etl", "sparkapp-driver")).isNotNull();
    assertThat(rendered.names())
        .contains("RoleBinding/etl/sparkapp-operator-driver.sparkapp-system")
        .doesNotContain("RoleBinding/etl/sparkapp-operator.sparkapp-system");
  }

  @Test
  void aNamespaceThatIsBeingDeletedGetsNothingWhenTheListOfNamespacesGoes() {
    chart
        .with(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: etl, deletionTimestamp: "2026-01-01T00:00:00Z"}
            """)
        .with(SERVICE_ACCOUNT.formatted(OURS));

    assertThat(chart.render("{}").names()).noneMatch(name -> name.contains("/etl/"));
  }

  @Test
  void nextToAnotherSparkOperatorNotesTellAnotherName() {
    chart.with(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: sparkapplications.sparkoperator.k8s.io}
        spec:
          group: sparkoperator.k8s.io
          names: {singular: sparkapplication, shortNames: [sparkapp]}
        """);

    assertThat(chart.notes("{}"))
        .contains(
            "The CRD sparkapplications.sparkoperator.k8s.io has the name \"sparkapp\" too: type"
                + " kubectl get sapp, or kubectl get sparkapps.sparkapp.io.");
  }

  @ParameterizedTest
  @CsvSource({"serviceMonitor, ServiceMonitor", "alerts, PrometheusRule", "podMonitor, PodMonitor"})
  void whatThePrometheusOperatorReadsIsRefusedWhereThereIsNone(String value, String kind) {
    assertThatThrownBy(() -> chart.render("metrics: {%s: {enabled: true}}".formatted(value)))
        .hasMessageContaining(
            "metrics.%s.enabled=true needs the Prometheus operator".formatted(value))
        .hasMessageContaining("has no " + kind);
  }

  @Test
  void notesTellTheNextCommand() {
    assertThat(chart.notes("{}"))
        .contains("helm test sparkapp --namespace sparkapp-system")
        .contains("kubectl apply --namespace default -f -")
        .doesNotContain("short name");
  }

  private void crds(String owner) {
    for (String kind :
        List.of("sparkapps", "executorrequests", "scheduledsparkapps", "sparkqueues")) {
      chart.with(CRD.formatted(kind, owner));
    }
  }

  private static String namespace(String name) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name);
  }
}
