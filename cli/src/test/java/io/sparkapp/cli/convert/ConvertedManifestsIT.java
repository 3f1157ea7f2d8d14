package io.sparkapp.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.sparkapp.cli.submit.Locations;
import io.sparkapp.cli.submit.SubmitTranslation;
import io.sparkapp.crds.ScheduledSparkApp;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a real API server says of what was converted, when it is applied with server-side dry run.
 */
class ConvertedManifestsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path state;

  private static ControlPlane plane;
  private static KubernetesClient client;

  @BeforeAll
  static void startApiServer() throws IOException {
    plane = ControlPlane.start(ControlPlane.Options.in(state));
    client = plane.adminClient();
    for (String crd : List.of("sparkapps", "scheduledsparkapps")) {
      try (InputStream in =
          SparkApp.class.getResourceAsStream("/io/sparkapp/crds/" + crd + ".sparkapp.io-v1.yml")) {
        client.load(in).items().forEach(item -> client.resource(item).create());
      }
    }
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("jobs").endMetadata().build())
        .create();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                client.resources(SparkApp.class).inAnyNamespace().list() != null
                    && client.resources(ScheduledSparkApp.class).inAnyNamespace().list() != null);
  }

  @AfterAll
  static void stopApiServer() {
    client.close();
    plane.close();
  }

  static List<Path> inputs() {
    return ConvertedFiles.inputs();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void theApiServerTakesWhatBecameOfEachInput(Path input) throws IOException {
    Conversion conversion = ConvertedFiles.convert(input);
    assertThat(conversion.manifests()).isNotEmpty();
    for (ObjectNode manifest : conversion.manifests()) {
      assertThatCode(() -> apply(manifest))
          .as(manifest.toPrettyString())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--class com.acme.A --driver-memory 2G --num-executors 3 local:///a.jar x y",
        "--conf spark.dynamicAllocation.enabled=true --conf spark.driver.memory=1024 local:///a.py",
        "--deploy-mode cluster --queue etl --supervise --proxy-user alice s3a://jobs/a.R",
        "--conf spark.driver.cores=2 --conf spark.authenticate=true --conf spark.app.id=x a.sql"
      })
  void theApiServerTakesWhatIsSubmitted(String line) throws IOException {
    Path directory = Files.createDirectories(state.resolve("work"));
    Files.writeString(directory.resolve("a.sql"), "SELECT 1");
    SubmitTranslation translation =
        SubmitTranslation.of(
            CommandLineConversion.parse(List.of(line.split(" "))),
            new Locations(directory, Locations.Reach.PODS),
            Map.of());
    assertThatCode(() -> apply(translation.draft().manifest())).doesNotThrowAnyException();
  }

  @Test
  void theApiServerWouldRefuseWhatIsWrong() {
    ObjectNode wrong = JSON.createObjectNode().put("apiVersion", "sparkapp.io/v1alpha1");
    wrong.put("kind", "SparkApp").putObject("metadata").put("name", "wrong");
    wrong.putObject("spec").put("nonsense", 1);
    assertThatThrownBy(() -> apply(wrong))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("nonsense");
  }

  private static void apply(ObjectNode manifest) {
    GenericKubernetesResource object = JSON.convertValue(manifest, GenericKubernetesResource.class);
    if (object.getMetadata().getNamespace() == null) {
      object.getMetadata().setNamespace("default");
    }
    client
        .resource(object)
        .dryRun()
        .fieldValidation(Validation.STRICT)
        .fieldManager("test")
        .forceConflicts()
        .serverSideApply();
  }
}
