package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.RunningCluster;
import io.sparkapp.local.controlplane.ControlPlane;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The link to the local cluster's page, against a real API server. */
class LocalPageIT {

  private static final URI ADDRESS = URI.create("http://127.0.0.1:20123/");

  @TempDir static Path state;

  private static ControlPlane plane;
  private static KubernetesClient admin;

  @BeforeAll
  static void bringUpAnApiServer() {
    plane = ControlPlane.start(ControlPlane.Options.in(state));
    admin = plane.adminClient();
  }

  @AfterAll
  static void takeItDown() {
    admin.close();
    plane.close();
  }

  @Test
  void theLinkHoldsATokenOfSomebodyWhoMayLookAndChangeNothing() {
    String link = LocalPage.link(ADDRESS, admin);
    assertThat(LocalPage.link(ADDRESS, admin)).as("as often as one asks").startsWith("http");

    assertThat(link).startsWith("http://127.0.0.1:20123/login#");
    TokenReviewStatus visitor = visitor(link.substring(link.indexOf('#') + 1));
    assertThat(visitor.getAuthenticated()).isTrue();
    assertThat(may(visitor, "list", "sparkapp.io", "sparkapps", null)).isTrue();
    assertThat(may(visitor, "list", "sparkapp.io", "sparkqueues", null)).isTrue();
    assertThat(may(visitor, "get", "", "pods", "log")).isTrue();
    assertThat(may(visitor, "get", "", "pods", "proxy")).isTrue();
    assertThat(may(visitor, "list", "", "events", null)).isTrue();
    assertThat(may(visitor, "delete", "sparkapp.io", "sparkapps", null)).isFalse();
    assertThat(may(visitor, "create", "", "pods", null)).isFalse();
    assertThat(may(visitor, "get", "", "secrets", null)).isFalse();
  }

  @Test
  void aClusterThatWasStartedWithoutThePageIsToldFromOneThatHasIt() {
    assertThat(LocalPage.address(cluster(Optional.of(ADDRESS)))).isEqualTo(ADDRESS);
    assertThatThrownBy(() -> LocalPage.address(cluster(Optional.empty())))
        .hasMessageContaining("started without the page: sparkapp local down ends it");
  }

  private static RunningCluster cluster(Optional<URI> page) {
    return new RunningCluster(
        ProcessIdentity.ofThisProcess(),
        Instant.EPOCH,
        plane.endpoint(),
        plane.adminKubeconfig(),
        Optional.empty(),
        OptionalLong.empty(),
        page);
  }

  private static TokenReviewStatus visitor(String token) {
    return admin
        .resource(new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build())
        .create()
        .getStatus();
  }

  private static boolean may(
      TokenReviewStatus visitor, String verb, String group, String resource, String part) {
    return admin
        .resource(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(visitor.getUser().getUsername())
                .withGroups(visitor.getUser().getGroups())
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withSubresource(part)
                .withNamespace("default")
                .endResourceAttributes()
                .endSpec()
                .build())
        .create()
        .getStatus()
        .getAllowed();
  }
}
