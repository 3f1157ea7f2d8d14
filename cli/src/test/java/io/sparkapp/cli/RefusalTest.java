package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
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
    assertThat(
            Refusal.sentences(
                new KubernetesClientException("no", new ConnectException("Connection refused"))))
        .isEqualTo("The API server does not answer: Connection refused");
  }
}
