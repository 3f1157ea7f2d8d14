package io.sparkapp.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import org.junit.jupiter.api.Test;

class EstablishmentTest {

  @Test
  void aDefinitionThatWasJustMadeIsNotServedYet() {
    assertThat(Establishment.isEstablished(new CustomResourceDefinition())).isFalse();
    CustomResourceDefinition fresh =
        new CustomResourceDefinitionBuilder().withNewStatus().endStatus().build();
    fresh.getStatus().setConditions(null);
    assertThat(Establishment.isEstablished(fresh)).isFalse();
  }

  @Test
  void onlyTheConditionEstablishedCounts() {
    assertThat(Establishment.isEstablished(with("NamesAccepted", "True"))).isFalse();
    assertThat(Establishment.isEstablished(with("Established", "False"))).isFalse();
    assertThat(Establishment.isEstablished(with("Established", "True"))).isTrue();
  }

  private static CustomResourceDefinition with(String type, String status) {
    return new CustomResourceDefinitionBuilder()
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus(status)
        .endCondition()
        .endStatus()
        .build();
  }
}
