package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {
  private static final Pod POD =
      new PodBuilder()
          .withNewMetadata()
          .withNamespace("flights")
          .withName("flights-1-driver")
          .withUid("u-1")
          .addToLabels("sparkapp.io/role", "driver")
          .addToAnnotations("note", "two\nlines")
          .endMetadata()
          .withNewSpec()
          .withNodeName("here")
          .withServiceAccountName("sparkapp-driver")
          .endSpec()
          .build();
  private static final NamespaceData DATA =
      new NamespaceData() {
        @Override
        public Optional<Map<String, byte[]>> secret(String name) {
          return name.equals("words")
              ? Optional.of(Map.of("word", bytes("sesame")))
              : Optional.empty();
        }

        @Override
        public Optional<Map<String, byte[]>> configMap(String name) {
          return name.equals("settings")
              ? Optional.of(Map.of("color", bytes("blue")))
              : Optional.empty();
        }
      };

  private final PodFields fields =
      new PodFields(POD, "127.1.0.7", "127.0.0.1", Map.of("memory", new Quantity("2Gi")));

  @Test
  void expandsWhatWasDeclaredBefore() {
    Container container =
        new ContainerBuilder()
            .addNewEnv()
            .withName("A")
            .withValue("$(BASE)/a")
            .endEnv()
            .addNewEnv()
            .withName("B")
            .withValue("$(A)/b:$(C)")
            .endEnv()
            .addNewEnv()
            .withName("C")
            .withValue("c")
            .endEnv()
            .build();

    assertThat(resolve(container, Map.of("BASE", "/x")))
        .containsEntry("A", "/x/a")
        .containsEntry("B", "/x/a/b:$(C)");
  }

  @Test
  void takesSecretsAndConfigMaps() {
    Container container =
        new ContainerBuilder()
            .addNewEnvFrom()
            .withPrefix("CFG_")
            .withNewConfigMapRef("settings", false)
            .endEnvFrom()
            .addToEnv(
                new EnvVarBuilder()
                    .withName("WORD")
                    .withNewValueFrom()
                    .withNewSecretKeyRef("word", "words", false)
                    .endValueFrom()
                    .build(),
                new EnvVarBuilder()
                    .withName("NONE")
                    .withNewValueFrom()
                    .withNewSecretKeyRef("word", "no-words", true)
                    .endValueFrom()
                    .build())
            .build();

    assertThat(resolve(container, Map.of()))
        .containsEntry("CFG_color", "blue")
        .containsEntry("WORD", "sesame")
        .doesNotContainKey("NONE");
  }

  @Test
  void saysWhichSecretOrKeyIsMissing() {
    assertThatThrownBy(() -> resolve(fromSecret("no-words", "word"), Map.of()))
        .hasMessage("secret \"no-words\" not found");
    assertThatThrownBy(() -> resolve(fromSecret("words", "no-word"), Map.of()))
        .hasMessage("couldn't find key no-word in Secret flights/words");
  }

  @Test
  void knowsTheFieldsOfThePod() {
    assertThat(field("status.podIP")).isEqualTo("127.1.0.7");
    assertThat(field("metadata.name")).isEqualTo("flights-1-driver");
    assertThat(field("metadata.labels['sparkapp.io/role']")).isEqualTo("driver");
    assertThat(field("metadata.annotations['absent']")).isEmpty();
    assertThat(field("metadata.annotations")).isEqualTo("note=\"two\\nlines\"");
    assertThat(field("spec.serviceAccountName")).isEqualTo("sparkapp-driver");
    assertThatThrownBy(() -> field("status.mood")).hasMessage("unsupported fieldPath: status.mood");
  }

  @Test
  void knowsResourcesInUnitsOfTheDivisor() {
    Container container =
        new ContainerBuilder()
            .withNewResources()
            .addToLimits("memory", new Quantity("1500Mi"))
            .addToRequests("cpu", new Quantity("1500m"))
            .endResources()
            .build();

    assertThat(resource(container, "limits.memory", "1Gi")).isEqualTo("2");
    assertThat(resource(container, "limits.memory", null))
        .isEqualTo(Long.toString(1500L * 1024 * 1024));
    assertThat(resource(container, "requests.cpu", "1m")).isEqualTo("1500");
    assertThat(resource(new Container(), "limits.memory", "1Mi")).isEqualTo("2048");
  }

  private String field(String path) {
    return fields.field(new ObjectFieldSelector("v1", path));
  }

  private String resource(Container container, String resource, String divisor) {
    return fields.resource(
        new ResourceFieldSelectorBuilder()
            .withResource(resource)
            .withDivisor(divisor == null ? null : new Quantity(divisor))
            .build(),
        container);
  }

  private Map<String, String> resolve(Container container, Map<String, String> base) {
    return new ContainerEnvironment(fields, DATA).resolve(container, base);
  }

  private static Container fromSecret(String secret, String key) {
    return new ContainerBuilder()
        .addNewEnv()
        .withName("X")
        .withNewValueFrom()
        .withNewSecretKeyRef(key, secret, false)
        .endValueFrom()
        .endEnv()
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
