package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.sparkapp.e2e.k3s.program.Trespass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program in a driver can do with its driver's token, tried from inside. */
@OnK3s
class AccessE2E {

  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"mine"},\
      "spec":{"containers":[{"name":"c","image":"example.invalid/c"}]}}""";

  /** Changes nothing in a request that is as it should be. */
  private static final String TOUCH = "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}";

  private static final String ASK = "{\"spec\":{\"release\":[\"1\"]}}";

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void aDriverPatchesItsOwnRequestAndNoOther(Applications applications) {
    Application victim =
        applications.apply(Manifest.running("victim", "SlowCount", 1, "200", "500"));
    victim.awaitTasks();
    String requests = "/apis/sparkapp.io/v1alpha1" + in(applications) + "/executorrequests/";

    Map<String, String> answers =
        attempts(
            applications,
            "own PATCH " + requests + "trespass-1 {\"spec\":{\"seenEnded\":0}}",
            "own-status PATCH " + requests + "trespass-1/status {\"status\":{\"message\":\"hi\"}}",
            "own-finalizer PATCH "
                + requests
                + "trespass-1 {\"metadata\":{\"finalizers\":[\"example.com/never\"]}}",
            "own-owner PATCH " + requests + "trespass-1 {\"metadata\":{\"ownerReferences\":null}}",
            "own-labels PATCH " + requests + "trespass-1 {\"metadata\":{\"labels\":null}}",
            "other PATCH " + requests + "victim-1 " + ASK,
            "other-annotation PATCH " + requests + "victim-1 " + TOUCH,
            "delete DELETE " + requests + "victim-1",
            "list GET " + requests);

    assertThat(answers.get("own")).startsWith("200 ");
    for (String metadata : List.of("own-finalizer", "own-owner", "own-labels")) {
      assertThat(answers.get(metadata))
          .startsWith("403 ")
          .contains("tried to change finalizers, owners or labels of ExecutorRequest trespass-1")
          .contains("a driver may change what it asks for only");
    }
    for (String other : List.of("other", "other-annotation")) {
      assertThat(answers.get(other))
          .startsWith("403 ")
          .contains("pod trespass-1-driver")
          .contains("tried to change ExecutorRequest victim-1")
          .contains("a driver may change its own only");
    }
    for (String refused : List.of("own-status", "delete", "list")) {
      assertThat(answers.get(refused)).as(refused).startsWith("403 ");
    }
    assertThat(victim.executors()).singleElement();
    assertThat(victim.status().executors().running()).isEqualTo(1);
  }

  @Test
  void aDriverCanNeitherCreatePodsNorReadSecrets(Applications applications) {
    String core = "/api/v1" + in(applications);
    String ours = "/apis/sparkapp.io/v1alpha1" + in(applications);

    Map<String, String> answers =
        attempts(
            applications,
            "create-pod POST " + core + "/pods " + POD.strip(),
            "list-pods GET " + core + "/pods",
            "delete-pod DELETE " + core + "/pods/trespass-1-exec-1",
            "own-secret GET " + core + "/secrets/trespass-1",
            "secrets GET " + core + "/secrets",
            "token POST " + core + "/serviceaccounts/default/token {}",
            "application PATCH " + ours + "/sparkapps/trespass " + TOUCH,
            "elsewhere GET /apis/sparkapp.io/v1alpha1/namespaces/default/executorrequests/a-1",
            "nodes GET /api/v1/nodes");

    assertThat(answers).hasSize(9);
    assertThat(answers)
        .allSatisfy((attempt, answer) -> assertThat(answer).as(attempt).startsWith("403 "));
  }

  @Test
  void executorsHaveNoToken(Applications applications) {
    Application app = applications.apply(Manifest.running("tokenless", "SlowCount", 1, "40"));
    app.awaitTasks();

    Pod executor = app.executor(1);

    assertThat(executor.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(executor.getSpec().getVolumes())
        .noneMatch(volume -> volume.getProjected() != null)
        .noneMatch(volume -> volume.getSecret() != null);
    app.awaitSuccess();
  }

  /** Lets a driver try these, and returns the answers by the attempts' names. */
  private static Map<String, String> attempts(Applications applications, String... attempts) {
    ProgramJar program = new ProgramJar(Trespass.class);
    applications.client().resource(program.in(applications.namespace())).create();
    Application app =
        applications.apply(program.runBy(Manifest.running("trespass", "Pi", 0, attempts)));
    app.awaitSuccess();
    List<String> names = Arrays.stream(attempts).map(each -> each.split(" ")[0]).toList();
    return app.driverLog()
        .lines()
        .map(line -> line.split(": ", 2))
        .filter(pair -> names.contains(pair[0]))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static String in(Applications applications) {
    return "/namespaces/" + applications.namespace();
  }
}
