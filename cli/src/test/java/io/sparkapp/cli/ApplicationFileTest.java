package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationFileTest {

  private static final String PI =
      "apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\nmetadata: {name: pi}\n";

  @TempDir Path directory;

  @Test
  void keepsWhatIsWrittenAndAddsNothing() throws IOException {
    GenericKubernetesResource app =
        ApplicationFile.read(file(PI + "spec: {main: {class: A}, nonsense: 1}\n"));

    assertThat(app.getMetadata().getName()).isEqualTo("pi");
    assertThat(app.getAdditionalProperties().get("spec").toString())
        .isEqualTo("{main={class=A}, nonsense=1}");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAFile() throws IOException {
    refused("a: [1,\nb: }{", "is not YAML (line 2)");
    refused("just words", "is no Kubernetes object: it has no kind");
    refused("", "has 0 documents");
    refused(PI + "---\n" + PI, "has 2 documents");
    refused("apiVersion: v1\nkind: Pod\n", "is a Pod of v1; it needs a SparkApp");
    refused(
        "apiVersion: sparkapp.io/v1alpha1\nkind: ScheduledSparkApp\n",
        "is a ScheduledSparkApp: kubectl apply -f ");
    refused("apiVersion: other.io/v1\nkind: SparkApp\n", "is a SparkApp of other.io/v1");
    refused("apiVersion: sparkapp.io/v1alpha1\nkind: SparkApp\n", "metadata.name");
    refused("apiVersion: [1]\nkind: SparkApp\n", "it has no apiVersion");
    refused(PI + "spec: {}\nspec: {}\n", ": spec is said twice (line 5).");
    refused(
        PI.replace("{name: pi}", "{name: pi, labels: 5}"),
        "metadata.labels: there can be no such value here.");
  }

  @Test
  void aFileThatIsNoTextIsNoYaml() throws IOException {
    Path file = Files.write(directory.resolve("app.yaml"), new byte[] {(byte) 0xff, 0, 1});

    assertThatThrownBy(() -> ApplicationFile.read(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is not YAML: it is no text in UTF-8");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> ApplicationFile.read(directory))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("There is no file");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> ApplicationFile.read(directory.resolve("nowhere.yaml")))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.BAD_INPUT))
        .hasMessageContaining("There is no file");
  }

  private void refused(String content, String sentence) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> ApplicationFile.read(file))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(CommandFailure.BAD_INPUT);
              assertThat(failure.getMessage()).contains(sentence).doesNotContain("\n");
            });
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("app.yaml"), content);
  }
}
