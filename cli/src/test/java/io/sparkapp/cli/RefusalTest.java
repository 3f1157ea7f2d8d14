package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void everyFaultIsASentenceOfItsOwnWithTheFieldsName() {
    Status status =
        new StatusBuilder()
            .withMessage("SparkApp \"pi\" is invalid")
            .withNewDetails()
            .addNewCause(
                "spec.executor.memory",
                "Invalid value: \"string\": memory is written as Spark does (512m, 2g)",
                "FieldValueInvalid")
            .addNewCause(
                "spec.executor.instances",
                "Invalid value: -1: spec.executor.instances in body should be greater than or equal"
                    + " to 0",
                "FieldValueInvalid")
            .addNewCause("<nil>", "Invalid value: null: some rules were not checked", "x")
            .endDetails()
            .build();

    assertThat(Refusal.sentences(new KubernetesClientException("no", 422, status)))
        .isEqualTo(
            "spec.executor.memory: memory is written as Spark does (512m, 2g)\n"
                + "spec.executor.instances: should be greater than or equal to 0");
  }

  @Test
  void unknownFieldsAreNamed() {
    Status status =
        new StatusBuilder()
            .withMessage(
                "strict decoding error: unknown field \"spec.a\", unknown field \"spec.b\"")
            .build();

    assertThat(Refusal.sentences(new KubernetesClientException("no", 400, status)))
        .isEqualTo("spec.a: there is no such field.\nspec.b: there is no such field.");
  }

  @Test
  void anApiServerThatIsAwayIsSaidToBe() {
    CommandFailure failure =
        Refusal.failure(
            new KubernetesClientException("no", new ConnectException("Connection refused")),
            "10.0.0.1:6443");

    assertThat(failure)
        .hasMessage(
            "The API server at 10.0.0.1:6443 does not answer: no connection. Look whether it is"
                + " up, and whether your kubeconfig has its right address.")
        .returns(ExitCode.UNREACHABLE, CommandFailure::code);
    assertThat(
            Refusal.sentences(
                new KubernetesClientException("no", new SSLHandshakeException("not trusted"))))
        .isEqualTo(
            "The API server does not answer: not trusted. Look whether your kubeconfig has its"
                + " right certificate authority.");
  }

  @Test
  void whoIsNotLoggedInOrMayNotIsToldWhatToDo() {
    assertThat(Refusal.failure(refused(401, "Unauthorized")))
        .hasMessage(
            "The cluster does not accept your login (401), its token may have expired: log in"
                + " again, as you do for kubectl.")
        .returns(ExitCode.FORBIDDEN, CommandFailure::code);
    assertThat(
            Refusal.failure(
                refused(
                    403,
                    "sparkapps.sparkapp.io is forbidden: User \"eve\" cannot list resource"
                        + " \"sparkapps\" in API group \"sparkapp.io\" in the namespace \"jobs\"")))
        .hasMessage(
            "You (eve) may not list sparkapps in namespace jobs: ask who runs the cluster for a"
                + " role that allows it.")
        .returns(ExitCode.FORBIDDEN, CommandFailure::code);
    assertThat(
            Refusal.sentences(
                refused(
                    403,
                    "User \"eve\" cannot list resource \"sparkqueues\" in API group"
                        + " \"sparkapp.io\" at the cluster scope")))
        .contains("may not list sparkqueues in the whole cluster");
  }

  @Test
  void aClusterWithoutTheOperatorIsToldFromAMissingObject() {
    assertThat(Refusal.failure(refused(404, "the server could not find the requested resource")))
        .hasMessage(
            "This cluster does not know SparkApps: install the operator, or choose another cluster"
                + " with --context.")
        .returns(ExitCode.NOT_FOUND, CommandFailure::code);
  }

  private static KubernetesClientException refused(int code, String message) {
    return new KubernetesClientException(
        "no", code, new StatusBuilder().withMessage(message).withCode(code).build());
  }
}
