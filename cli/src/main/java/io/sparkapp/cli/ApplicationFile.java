package io.sparkapp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.sparkapp.crds.SparkApp;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the one SparkApp of a file, as it is written: defaults are the API server's business. */
final class ApplicationFile {

  private static final String API_VERSION = SparkApp.GROUP + "/" + SparkApp.VERSION;
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Pattern TWICE = Pattern.compile("^Duplicate field '([^']*)'");

  private ApplicationFile() {}

  /**
   * @throws CommandFailure saying what is wrong with the file
   */
  static GenericKubernetesResource read(Path file) {
    if (Files.isDirectory(file) || !Files.exists(file)) {
      throw CommandFailure.badInput("There is no file " + file + ".");
    }
    List<JsonNode> documents = documents(file);
    if (documents.size() != 1) {
      throw CommandFailure.badInput(
          file + " has " + documents.size() + " documents; it needs exactly one, a SparkApp.");
    }
    JsonNode document = documents.get(0);
    String kind = document.path("kind").asText("");
    String apiVersion = document.path("apiVersion").asText("");
    if (!document.isObject() || kind.isEmpty()) {
      throw CommandFailure.badInput(file + " is no Kubernetes object: it has no kind.");
    }
    if (apiVersion.isEmpty()) {
      throw CommandFailure.badInput(file + " is no Kubernetes object: it has no apiVersion.");
    }
    if (kind.equals("ScheduledSparkApp") && apiVersion.equals(API_VERSION)) {
      throw CommandFailure.badInput(
          file + " is a ScheduledSparkApp: kubectl apply -f " + file + " has it run at its times.");
    }
    if (!kind.equals("SparkApp") || !apiVersion.equals(API_VERSION)) {
      throw CommandFailure.badInput(
          file
              + " is a "
              + kind
              + " of "
              + apiVersion
              + "; it needs a SparkApp of "
              + API_VERSION
              + ".");
    }
    if (document.path("metadata").path("name").asText("").isEmpty()) {
      throw CommandFailure.badInput(file + ": metadata.name: the application needs a name.");
    }
    try {
      return YAML.convertValue(document, GenericKubernetesResource.class);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.badInput(file + ": " + misfit(e));
    }
  }

  private static List<JsonNode> documents(Path file) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
      return documents.readAll().stream()
          .filter(document -> !document.isNull() && !document.isMissingNode())
          .toList();
    } catch (JsonProcessingException e) {
      throw CommandFailure.badInput(file + fault(e));
    } catch (CharacterCodingException e) {
      throw CommandFailure.badInput(file + " is not YAML: it is no text in UTF-8.");
    } catch (IOException e) {
      throw CommandFailure.badInput(file + " can not be read: " + e.getMessage() + ".");
    }
  }

  private static String fault(JsonProcessingException e) {
    String line = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    return twice.find()
        ? ": " + twice.group(1) + " is said twice" + line + "."
        : " is not YAML" + line + ".";
  }

  /** Only metadata has types here; everything else is the API server's business. */
  private static String misfit(IllegalArgumentException e) {
    String field =
        e.getCause() instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "metadata";
    return field + ": there can be no such value here.";
  }
}
