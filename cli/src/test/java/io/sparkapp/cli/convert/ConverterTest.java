package io.sparkapp.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sparkapp.cli.submit.ManifestWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With {@code -Dconvert.update} the expected files are written anew, for a look at what changed.
 */
class ConverterTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String MARK = "zzUnheardOf";

  static List<Path> inputs() {
    return ConvertedFiles.inputs();
  }

  static Stream<Path> manifests() {
    return inputs().stream().filter(file -> !file.toString().endsWith(".sh"));
  }

  @Test
  void thereAreAtLeastThirtyInputs() {
    assertThat(inputs()).hasSizeGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void eachInputBecomesWhatIsExpectedAndSaysWhatIsNotCarriedOver(Path input) throws IOException {
    Conversion conversion = ConvertedFiles.convert(input);
    compare(ConvertedFiles.manifests(conversion), ConvertedFiles.expected(input, ".yaml"));
    compare(ConvertedFiles.findings(input, conversion), ConvertedFiles.expected(input, ".txt"));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aFieldThatNobodyKnowsIsListedOrCarriedOverWhereverItIs(Path input) throws IOException {
    for (JsonNode document :
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(input)).readAll()) {
      for (Map.Entry<String, ObjectNode> place : objectsIn(document, "").entrySet()) {
        place.getValue().put(MARK, "somebody's");
        String text = ManifestWriter.yaml(List.of(document));
        place.getValue().remove(MARK);
        Conversion conversion = Converter.convert(text, Optional.empty());
        String path = place.getKey() + MARK;
        assertThat(
                ConvertedFiles.manifests(conversion).contains(MARK)
                    || conversion.findings().stream().anyMatch(each -> isAbout(path, each)))
            .as("%s in%n%s", path, text)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void nothingOfAnInputIsWithoutAConsequence(Path input) throws IOException {
    for (JsonNode document :
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(input)).readAll()) {
      Conversion whole = converted(document);
      for (Map.Entry<String, ObjectNode> place : objectsIn(document, "").entrySet()) {
        ObjectNode object = place.getValue();
        for (String name :
            List.copyOf(object.deepCopy().propertyStream().map(Map.Entry::getKey).toList())) {
          JsonNode value = object.get(name);
          String path = place.getKey() + name;
          if (value.isContainerNode() || saysWhatIsSoAnyway(path, value.asText())) {
            continue;
          }
          object.remove(name);
          String text = ManifestWriter.yaml(List.of(document));
          object.set(name, value);
          assertThat(
                  whole.findings().stream().anyMatch(each -> isAbout(path, each))
                      || !outcome(whole).equals(outcomeOf(text)))
              .as("%s of %s", path, input.getFileName())
              .isTrue();
        }
      }
    }
  }

  private static Conversion converted(JsonNode document) {
    return Converter.convert(ManifestWriter.yaml(List.of(document)), Optional.empty());
  }

  private static String outcomeOf(String text) {
    try {
      return outcome(Converter.convert(text, Optional.empty()));
    } catch (UnreadableException e) {
      return e.getMessage();
    }
  }

  /** Without lines, which change when one is taken out. */
  private static String outcome(Conversion conversion) {
    return ConvertedFiles.manifests(conversion)
        + conversion.findings().stream().map(each -> each.field() + each.sentence()).toList();
  }

  /** What a SparkApp is without being told, and what the image says. */
  private static boolean saysWhatIsSoAnyway(String path, String value) {
    String field = path.replaceFirst("^(items\\[[0-9]+][.])?(spec[.]template[.]|spec[.])?", "");
    return field.equals("type")
        || field.equals("mode") && value.equals("cluster")
        || field.equals("deploymentMode") && value.equals("ClusterMode")
        || field.endsWith("parkVersion") && value.startsWith("4.")
        || field.equals("pythonVersion") && value.equals("3")
        || field.endsWith("deleteOnTermination") && value.equals("true")
        || field.endsWith("instances") && value.equals("1")
        || field.endsWith("secretType") && value.equals("Generic")
        || field.endsWith("restartPolicy.type") && value.equals("Never")
        || field.endsWith("containers[0].name")
        || field.endsWith("template.apiVersion")
        || field.endsWith("template.kind")
        || field.equals("mainClass") && value.endsWith(".PythonRunner")
        || field.equals("monitoring.exposeExecutorMetrics") && value.equals("false")
        || field.endsWith("ttlAfterStopMillis") && value.equals("-1");
  }

  /** Who is told that a block is not carried over is told of all that is in it. */
  private static boolean isAbout(String path, Finding finding) {
    String field = finding.field().replaceFirst("^items\\[[0-9]+][.]", "");
    boolean whole = finding.isLoss() || field.equals("status");
    return whole && path.replaceFirst("^items\\[[0-9]+][.]", "").startsWith(field)
        || field.contains(MARK)
        || finding.isLoss() && finding.sentence().contains("have no such kind");
  }

  private static Map<String, ObjectNode> objectsIn(JsonNode node, String path) {
    Map<String, ObjectNode> objects = new LinkedHashMap<>();
    if (node instanceof ObjectNode object) {
      objects.put(path.isEmpty() ? "" : path + ".", object);
      object
          .properties()
          .forEach(
              each ->
                  objects.putAll(
                      objectsIn(
                          each.getValue(),
                          path.isEmpty() ? each.getKey() : path + "." + each.getKey())));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        objects.putAll(objectsIn(array.get(i), path + "[" + i + "]"));
      }
    }
    return objects;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [1,\nb: }{",
        "just words",
        "",
        "kind: Pod",
        "apiVersion: v1\nkind: Pod\nkind: Pod",
        "spark-submit --class",
        "spark-submit --no-such-option x.jar",
        "spark-submit 'x.jar"
      })
  void whatIsNeitherAManifestNorACommandLineIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Converter.convert(text, Optional.empty()))
        .isInstanceOfSatisfying(
            UnreadableException.class, e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aManifestThatContainsItselfOrGrowsWithoutEndIsRefused() {
    String bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char name = 'b'; name < 'i'; name++) {
      char before = (char) (name - 1);
      bomb += name + ": &" + name + " [" + ("*" + before + ",").repeat(9) + "*" + before + "]\n";
    }
    String grown = "apiVersion: v1\nkind: Pod\n" + bomb;
    assertThatThrownBy(() -> Converter.convert(grown, Optional.empty()))
        .isInstanceOf(UnreadableException.class);
    assertThatThrownBy(
            () -> Converter.convert("apiVersion: v1\nkind: A\na: &a {b: *a}\n", Optional.empty()))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void theNamespaceOfTheCommandWins() throws IOException {
    String text =
        "apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n"
            + "metadata: {name: a, namespace: b}\nspec: {mainApplicationFile: 'local:///a.py'}\n";
    assertThat(ConvertedFiles.manifests(Converter.convert(text, Optional.of("c"))))
        .contains("namespace: c");
  }

  private static void compare(String text, Path expected) throws IOException {
    if (System.getProperty("convert.update") != null) {
      Files.createDirectories(expected.getParent());
      Files.writeString(expected, text);
    }
    assertThat(text).isEqualTo(Files.readString(expected));
  }
}
