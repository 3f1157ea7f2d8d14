package io.sparkapp.cli.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** Files with pod templates become the templates themselves; properties are laid over them. */
final class TemplateProperties {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final PropertyTranslation properties;

  TemplateProperties(PropertyTranslation properties) {
    this.properties = properties;
  }

  void translate() {
    for (PodDraft pod : properties.draft().pods()) {
      String spark = "spark.kubernetes." + pod.role() + ".podTemplate";
      String container = properties.take(spark + "ContainerName").orElse("");
      file(spark + "File", container, pod);
    }
    file("spark.sparkapp.executor.template", "", properties.draft().executor());
  }

  private void file(String key, String container, PodDraft pod) {
    properties
        .take(key)
        .ifPresent(
            path ->
                properties
                    .locations()
                    .read(key, path, properties.remarks())
                    .ifPresent(text -> template(key, text, container, pod)));
  }

  private void template(String key, String text, String container, PodDraft pod) {
    JsonNode template;
    try {
      template = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      properties.remarks().lost(key, "the file is no YAML.");
      return;
    }
    if (template instanceof ObjectNode object) {
      new TemplateRules(
              properties.draft(),
              pod,
              (kind, path, sentence) -> properties.remarks().add(kind, key, path + ": " + sentence))
          .start(object, container);
    } else {
      properties.remarks().lost(key, "the file is no pod template.");
    }
  }
}
