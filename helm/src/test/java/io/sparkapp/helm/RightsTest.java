package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicySpec;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.sparkapp.operator.SparkAppOperator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own rbac.yaml, with which it is tested, is the measure of the chart's rights. */
class RightsTest {

  private static final String OPERATOR = "sparkapp-operator.sparkapp-system";
  private static final String JOBS = "sparkapp-operator-jobs.sparkapp-system";
  private static final String DRIVER = "sparkapp-operator-driver.sparkapp-system";
  private static final String CLIENT = "sparkapp-operator-client.sparkapp-system";
  private static final String LIST = "jobNamespaces: [etl, ml]";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Right CRDS =
      Right.of("apiextensions.k8s.io", "customresourcedefinitions", "get");
  private static final Set<Right> WEB =
      Set.of(
          Right.of("authentication.k8s.io", "tokenreviews", "create"),
          Right.of("authorization.k8s.io", "subjectaccessreviews", "create"));
  private static final Set<Right> QUEUES =
      Stream.concat(
              Stream.of("get", "list", "watch")
                  .flatMap(
                      verb ->
                          Stream.of(
                              Right.of("sparkapp.io", "sparkqueues", verb),
                              Right.of("", "namespaces", verb),
                              Right.of("", "nodes", verb),
                              Right.of("scheduling.k8s.io", "priorityclasses", verb))),
              Stream.of(
                  Right.of("sparkapp.io", "sparkqueues", "patch"),
                  Right.of("sparkapp.io", "sparkqueues/status", "patch")))
          .collect(Collectors.toSet());
  private static final Set<Right> DRIVER_ACCESS =
      Set.of(
          Right.of("", "serviceaccounts", "create"),
          Right.of(RBAC, "rolebindings", "create"),
          Right.of(RBAC, "clusterroles", "get").onlyTo(DRIVER),
          Right.of(RBAC, "clusterroles", "bind").onlyTo(DRIVER));

  @TempDir private Path scratch;
  private Chart chart;

  @BeforeEach
  void copy() {
    chart = new Chart(scratch);
  }

  @Test
  void theOperatorHasTheRightsThatItIsTestedWith() {
    Rendered rendered = chart.render("{}");

    assertThat(rightsOf(rendered, OPERATOR)).isEqualTo(tested("sparkapp-operator"));
    assertThat(rendered.one(ClusterRoleBinding.class, OPERATOR).getRoleRef().getName())
        .isEqualTo(OPERATOR);
    assertThat(rendered.one(ClusterRoleBinding.class, OPERATOR).getSubjects())
        .containsExactly(
            new Subject(null, "ServiceAccount", "sparkapp-operator", "sparkapp-system"));
  }

  @Test
  void whereVolcanoIsTheOperatorMayMakeItsPodGroupsToo() {
    String volcano = "batchSchedulers: {volcano: true}\n";
    Set<Right> more = tested("sparkapp-volcano");

    assertThat(more).isNotEmpty();
    assertThat(rightsOf(chart.render(volcano), OPERATOR))
        .isEqualTo(union(tested("sparkapp-operator"), more));
    assertThat(rightsOf(chart.render(volcano + LIST), JOBS)).containsAll(more);
    assertThat(rightsOf(chart.render(volcano + LIST), OPERATOR)).doesNotContainAnyElementsOf(more);
  }

  private static Set<Right> union(Set<Right> some, Set<Right> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
  }

  @Test
  void driversHaveTheRightsThatTheyAreTestedWith() {
    assertThat(rightsOf(chart.render("{}"), DRIVER))
        .isEqualTo(tested("sparkapp-driver"))
        .isEqualTo(rightsOf(chart.render(LIST), DRIVER));
  }

  @Test
  void clientsHaveTheRightsThatTheyAreTestedWith() {
    assertThat(rightsOf(chart.render("{}"), CLIENT))
        .isEqualTo(tested("sparkapp-client"))
        .isEqualTo(rightsOf(chart.render(LIST), CLIENT));
  }

  @Test
  void theOperatorsLeaseIsAllThatItMayTouchInItsOwnNamespace() {
    Role role = chart.render("{}").one(Role.class, "sparkapp-system", "sparkapp-operator");

    assertThat(Right.in(role.getRules()))
        .containsExactlyInAnyOrder(
            Right.of("coordination.k8s.io", "leases", "create"),
            Right.of("coordination.k8s.io", "leases", "get").onlyTo("sparkapp-operator"),
            Right.of("coordination.k8s.io", "leases", "update").onlyTo("sparkapp-operator"),
            Right.of("coordination.k8s.io", "leases", "patch").onlyTo("sparkapp-operator"));
  }

  @Test
  void withAListOfNamespacesTheOperatorCanSayElsewhereThatItServesNobodyAndNoMore() {
    Set<Right> elsewhere = rightsOf(chart.render(LIST), OPERATOR);

    assertThat(elsewhere).containsAll(QUEUES);
    assertThat(elsewhere)
        .containsAll(WEB)
        .filteredOn(Predicate.not(QUEUES::contains))
        .filteredOn(Predicate.not(WEB::contains))
        .containsExactlyInAnyOrder(
            Right.of("sparkapp.io", "sparkapps", "get"),
            Right.of("sparkapp.io", "sparkapps", "list"),
            Right.of("sparkapp.io", "sparkapps", "watch"),
            Right.of("sparkapp.io", "sparkapps/status", "patch"),
            Right.of("sparkapp.io", "scheduledsparkapps", "get"),
            Right.of("sparkapp.io", "scheduledsparkapps", "list"),
            Right.of("sparkapp.io", "scheduledsparkapps", "watch"),
            Right.of("sparkapp.io", "scheduledsparkapps/status", "patch"),
            Right.of("", "events", "create"),
            CRDS);
  }

  @Test
  void usersAreHeldToTheRulesThatTheyAreTestedWith() {
    ValidatingAdmissionPolicySpec tested =
        resources("users-policy.yaml")
            .filter(ValidatingAdmissionPolicy.class::isInstance)
            .map(policy -> ((ValidatingAdmissionPolicy) policy).getSpec())
            .findFirst()
            .orElseThrow();
    ValidatingAdmissionPolicySpec ours =
        chart
            .render("{}")
            .one(ValidatingAdmissionPolicy.class, "sparkapp-operator-users.sparkapp-system")
            .getSpec();

    assertThat(ours.getValidations()).isEqualTo(tested.getValidations());
    assertThat(ours.getVariables()).isEqualTo(tested.getVariables());
    assertThat(ours.getMatchConstraints()).isEqualTo(tested.getMatchConstraints());
    assertThat(ours.getMatchConditions().subList(1, 3))
        .isEqualTo(tested.getMatchConditions().subList(1, 3));
    assertThat(ours.getMatchConditions().get(0).getExpression())
        .isEqualTo(
            "request.userInfo.username != 'system:serviceaccount:sparkapp-system:sparkapp-operator'");
  }

  @Test
  void whoDoesNotWantItReadsNoNodes() {
    assertThat(rightsOf(chart.render("queues: {readNodes: false}"), OPERATOR))
        .noneMatch(right -> right.resource().equals("nodes"))
        .hasSize(tested("sparkapp-operator").size() - 3);
  }

  @Test
  void withAListOfNamespacesTheOperatorHasItsRightsThereButPreparesNone() {
    Rendered rendered = chart.render(LIST);

    assertThat(rightsOf(rendered, JOBS))
        .isEqualTo(
            tested("sparkapp-operator").stream()
                .filter(Predicate.not(DRIVER_ACCESS::contains))
                .filter(Predicate.not(CRDS::equals))
                .filter(Predicate.not(QUEUES::contains))
                .filter(Predicate.not(WEB::contains))
                .collect(Collectors.toSet()));
    assertThat(List.of("etl", "ml"))
        .allSatisfy(
            namespace -> {
              RoleBinding ours = rendered.one(RoleBinding.class, namespace, OPERATOR);
              assertThat(ours.getRoleRef().getName()).isEqualTo(JOBS);
              assertThat(ours.getSubjects())
                  .containsExactly(
                      new Subject(null, "ServiceAccount", "sparkapp-operator", "sparkapp-system"));
              RoleBinding drivers = rendered.one(RoleBinding.class, namespace, DRIVER);
              assertThat(drivers.getRoleRef().getName()).isEqualTo(DRIVER);
              assertThat(drivers.getSubjects())
                  .containsExactly(
                      new Subject(null, "ServiceAccount", "sparkapp-driver", namespace));
            });
    assertThat(rendered.all(ClusterRoleBinding.class)).hasSize(1);
  }

  @Test
  void theTestMayTouchApplicationsAndSchedulesOnlyAndWhereItRunsThem() {
    Role role = chart.render(LIST).one(Role.class, "etl", "sparkapp-operator-test");

    assertThat(Right.in(role.getRules()))
        .extracting(Right::group, Right::resource)
        .containsOnly(
            tuple("sparkapp.io", "sparkapps"), tuple("sparkapp.io", "scheduledsparkapps"));
  }

  @Test
  void nobodyMayDoEverything() {
    Rendered rendered = chart.render(LIST);

    assertThat(
            Stream.concat(
                rendered.all(ClusterRole.class).stream().map(ClusterRole::getRules),
                rendered.all(Role.class).stream().map(Role::getRules)))
        .flatMap(Right::in)
        .noneMatch(
            right ->
                Stream.of(right.group(), right.resource(), right.verb()).anyMatch("*"::equals));
  }

  @Test
  void everyRuleSaysWhatItIsFor() {
    assertThat(Chart.files("templates", ".yaml", ".tpl"))
        .anySatisfy(file -> assertThat(rulesWithComment(file)).isNotEmpty())
        .allSatisfy(
            file ->
                assertThat(rulesWithComment(file).filter(pair -> !pair.get(0).startsWith("#")))
                    .as(file.toString())
                    .isEmpty());
  }

  /** Each rule's first line, with the one before. */
  private static Stream<List<String>> rulesWithComment(Path file) {
    List<String> lines = Chart.read(file).lines().map(String::strip).toList();
    return IntStream.range(1, lines.size())
        .filter(line -> lines.get(line).startsWith("- apiGroups:"))
        .mapToObj(line -> List.of(lines.get(line - 1), lines.get(line)));
  }

  private static Set<Right> rightsOf(Rendered rendered, String clusterRole) {
    return Right.in(rendered.one(ClusterRole.class, clusterRole).getRules());
  }

  /** Names that the operator takes from its settings are those of the release. */
  private static Set<Right> tested(String clusterRole) {
    return resources("rbac.yaml")
        .filter(ClusterRole.class::isInstance)
        .map(ClusterRole.class::cast)
        .filter(role -> role.getMetadata().getName().equals(clusterRole))
        .flatMap(role -> Right.in(role.getRules()).stream())
        .map(right -> right.name().isEmpty() ? right : right.onlyTo(DRIVER))
        .collect(Collectors.toSet());
  }

  /** What the operator is tested with. */
  private static Stream<HasMetadata> resources(String file) {
    try (InputStream in =
        SparkAppOperator.class.getResourceAsStream("/io/sparkapp/operator/" + file)) {
      return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^---$"))
          .map(Chart::object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
