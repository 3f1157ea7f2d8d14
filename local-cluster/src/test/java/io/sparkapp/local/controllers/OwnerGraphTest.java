package io.sparkapp.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OwnerGraphTest {
  private static final ResourceDefinitionContext TYPE =
      ResourceDefinitionContext.fromResourceType(ConfigMap.class);

  private final OwnerGraph graph = new OwnerGraph();

  @Test
  void knowsTheDependentsOfAnOwnerThatIsGone() {
    graph.put(object("owner"));
    graph.put(object("one", "owner"));
    graph.put(object("two", "owner", "other"));

    graph.remove("owner");

    assertThat(graph.find("owner")).isEmpty();
    assertThat(graph.dependentsOf("owner")).extracting(OwnedObject::uid).contains("one", "two");
    assertThat(graph.dependentsOf("other")).extracting(OwnedObject::uid).containsExactly("two");
  }

  @Test
  void forgetsAnOwnerThatAnObjectHasLost() {
    graph.put(object("one", "owner"));
    graph.put(object("one"));
    graph.put(object("two", "owner"));
    graph.remove("two");
    graph.remove("two");

    assertThat(graph.dependentsOf("owner")).isEmpty();
    assertThat(graph.find("one")).isPresent();
  }

  @Test
  void onlyABlockingReferenceHoldsAnOwnerBack() {
    OwnedObject object = object("one", "owner");

    assertThat(object.blocks("owner")).isTrue();
    assertThat(object.blocks("other")).isFalse();
    assertThat(object.ownersWithout("owner")).isEmpty();
    assertThat(object.path()).isEqualTo("/api/v1/namespaces/flights/configmaps/one");
  }

  private static OwnedObject object(String uid, String... owners) {
    return OwnedObject.of(
        TYPE,
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("flights")
            .withName(uid)
            .withUid(uid)
            .withOwnerReferences(Arrays.stream(owners).map(OwnerGraphTest::reference).toList())
            .endMetadata()
            .build());
  }

  private static OwnerReference reference(String uid) {
    return new OwnerReferenceBuilder().withUid(uid).withBlockOwnerDeletion(true).build();
  }
}
