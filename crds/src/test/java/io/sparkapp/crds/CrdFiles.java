package io.sparkapp.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CRD files as they follow from the Java model. The generator reads a record's annotations
 * twice (component and accessor) and sorts the columns by path; both are put right here. What may
 * not be changed of an application may be changed of the template of one.
 */
final class CrdFiles {

  /** Set to rewrite the checked-in files instead of comparing with them. */
  static final String UPDATE = "crds.update";

  private static final String HEADER =
      "# Generated from the Java model: change that, then run mvn test -pl crds -D" + UPDATE + "\n";

  private CrdFiles() {}

  /** File name to content. */
  static Map<String, String> generate() {
    Map<String, String> files = new LinkedHashMap<>();
    for (Class<? extends CustomResource<?, ?>> kind :
        List.<Class<? extends CustomResource<?, ?>>>of(
            SparkApp.class, ExecutorRequest.class, ScheduledSparkApp.class, SparkQueue.class)) {
      CustomResourceDefinition definition = generate(kind);
      files.put(
          definition.getMetadata().getName() + "-v1.yml",
          HEADER + Serialization.asYaml(definition));
    }
    return files;
  }

  /** Where the checked-in file of this name lies. */
  static Path file(String name) {
    return Path.of(System.getProperty("basedir", "."), name);
  }

  static void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(file(file.getKey()), file.getValue());
    }
  }

  private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> kind) {
    List<ByteArrayOutputStream> written = new ArrayList<>();
    new CRDGenerator()
        .customResourceClasses(kind)
        .forCRDVersions("v1")
        .withOutput(
            new io.fabric8.crdv2.generator.CRDGenerator.AbstractCRDOutput<>() {
              @Override
              protected OutputStream createStreamFor(String name) {
                written.add(new ByteArrayOutputStream());
                return written.get(written.size() - 1);
              }
            })
        .generate();
    CustomResourceDefinition definition =
        Serialization.unmarshal(
            written.get(0).toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
    definition.getMetadata().setAnnotations(null);
    CustomResourceDefinitionVersion version = definition.getSpec().getVersions().get(0);
    orderColumns(version, kind);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    root.getProperties().values().forEach(CrdFiles::mend);
    Descriptions.add(root, kind);
    if (kind == ScheduledSparkApp.class) {
      allowChanges(root.getProperties().get("spec").getProperties().get("template"));
    }
    return definition;
  }

  private static void orderColumns(CustomResourceDefinitionVersion version, Class<?> kind) {
    List<String> wanted =
        Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    version
        .getAdditionalPrinterColumns()
        .sort(
            Comparator.comparingInt(
                (CustomResourceColumnDefinition column) -> wanted.indexOf(column.getName())));
  }

  private static void mend(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      schema.setType("object");
    }
    if (isOfAmounts(schema)) {
      schema.setAdditionalProperties(new JSONSchemaPropsOrBool(null, numberOrText()));
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CrdFiles::mend);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      mend(schema.getItems().getSchema());
    }
  }

  /** Whole amounts are written without quotes, as a pod's requests have them. */
  private static boolean isOfAmounts(JSONSchemaProps schema) {
    return schema.getXKubernetesValidations() != null
        && schema.getXKubernetesValidations().stream()
            .anyMatch(validation -> validation.getRule().equals(QueueResources.AMOUNTS));
  }

  private static JSONSchemaProps numberOrText() {
    return new JSONSchemaPropsBuilder()
        .withXKubernetesIntOrString(true)
        .withAnyOf(
            new JSONSchemaPropsBuilder().withType("integer").build(),
            new JSONSchemaPropsBuilder().withType("string").build())
        .build();
  }

  /** Takes the transition rules out, by which an update is refused. */
  private static void allowChanges(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      schema.setXKubernetesValidations(
          schema.getXKubernetesValidations().stream()
              .filter(validation -> !validation.getRule().contains("oldSelf"))
              .toList());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CrdFiles::allowChanges);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      allowChanges(schema.getItems().getSchema());
    }
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("The CRD file " + path + " is not checked in.", e);
    }
  }
}
