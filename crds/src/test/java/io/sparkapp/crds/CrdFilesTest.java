package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrdFilesTest {

  @Test
  void checkedInFilesAreThoseThatFollowFromTheModel() throws IOException {
    Map<String, String> generated = CrdFiles.generate();
    if (System.getProperty(CrdFiles.UPDATE) != null) {
      CrdFiles.write(generated);
    }
    assertThat(generated).hasSize(4);
    generated.forEach(
        (name, content) ->
            assertThat(CrdFiles.read(CrdFiles.file(name)))
                .as("%s; to rewrite it: mvn test -pl crds -D%s", name, CrdFiles.UPDATE)
                .isEqualTo(content));
  }

  @Test
  void aTemplateIsHeldToAllThatAnApplicationIsHeldToButMayBeChanged() {
    Map<String, String> generated = CrdFiles.generate();
    JSONSchemaProps application = spec(generated.get("sparkapps.sparkapp.io-v1.yml"));
    JSONSchemaProps template =
        spec(generated.get("scheduledsparkapps.sparkapp.io-v1.yml"))
            .getProperties()
            .get("template");

    assertThat(template.getProperties().keySet()).isEqualTo(application.getProperties().keySet());
    List<String> rules = rules(application);
    assertThat(rules).anyMatch(rule -> rule.contains("oldSelf"));
    assertThat(rules(template))
        .containsAll(rules.stream().filter(rule -> !rule.contains("oldSelf")).toList())
        .noneMatch(rule -> rule.contains("oldSelf"));
  }

  private static JSONSchemaProps spec(String yaml) {
    return Serialization.unmarshal(yaml, CustomResourceDefinition.class)
        .getSpec()
        .getVersions()
        .get(0)
        .getSchema()
        .getOpenAPIV3Schema()
        .getProperties()
        .get("spec");
  }

  private static List<String> rules(JSONSchemaProps schema) {
    List<String> rules =
        new ArrayList<>(
            schema.getXKubernetesValidations().stream().map(ValidationRule::getRule).toList());
    schema.getProperties().values().forEach(each -> rules.addAll(rules(each)));
    return rules;
  }
}
