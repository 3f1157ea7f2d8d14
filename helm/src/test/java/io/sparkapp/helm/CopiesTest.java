package io.sparkapp.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chart can hold only what lies in its folder; so some files are there twice. */
class CopiesTest {

  /** Set to copy the files anew instead of comparing them. */
  private static final String UPDATE = "helm.update";

  @TempDir private Path scratch;

  @BeforeEach
  void update() throws IOException {
    if (System.getProperty(UPDATE) == null) {
      return;
    }
    for (Path old : Chart.files("files/crds", ".yml")) {
      Files.delete(old);
    }
    for (Map.Entry<Path, Path> file : originals().entrySet()) {
      Files.copy(file.getValue(), file.getKey(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void theChartsCopiesAreUpToDate() throws IOException {
    Map<Path, Path> originals = originals();

    assertThat(originals).hasSize(5);
    assertThat(Chart.files("files/crds", ".yml")).isSubsetOf(originals.keySet());
    originals.forEach(
        (copy, original) ->
            assertThat(copy)
                .as("%s; to copy it anew: mvn test -pl helm -am -D%s", copy, UPDATE)
                .hasSameTextualContentAs(original));
  }

  @Test
  void theCrdsThatAreRenderedAreThoseOfTheModel() throws IOException {
    List<CustomResourceDefinition> rendered =
        new Chart(scratch).render("{}").all(CustomResourceDefinition.class);

    assertThat(rendered).hasSize(4);
    ObjectMapper json = new ObjectMapper();
    for (CustomResourceDefinition crd : rendered) {
      Path original = Chart.project().resolve("crds/" + crd.getMetadata().getName() + "-v1.yml");
      CustomResourceDefinition model =
          (CustomResourceDefinition) Chart.object(Chart.read(original));
      assertThat(json.<JsonNode>valueToTree(crd.getSpec()))
          .isEqualTo(json.valueToTree(model.getSpec()));
    }
  }

  /** Copy to original. */
  private static Map<Path, Path> originals() throws IOException {
    Map<Path, Path> files = new HashMap<>();
    try (Stream<Path> crds = Files.list(Chart.project().resolve("crds"))) {
      crds.filter(file -> file.toString().endsWith(".sparkapp.io-v1.yml"))
          .forEach(
              file ->
                  files.put(Chart.FOLDER.resolve("files/crds").resolve(file.getFileName()), file));
    }
    files.put(
        Chart.FOLDER.resolve("files/java.args"),
        Chart.project().resolve("executor-image/src/main/jvm/java.args"));
    return files;
  }
}
