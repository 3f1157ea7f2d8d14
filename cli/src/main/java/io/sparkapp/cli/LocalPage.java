package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.RunningCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/**
 * The page of the local cluster. It asks who looks as on any cluster; here, where the user is the
 * cluster's administrator, a link signs in: as a service account that may look and change nothing,
 * for some hours.
 */
final class LocalPage {

  static final Duration GOOD_FOR = Duration.ofHours(12);

  private static final String VISITOR = "page-visitor.yaml";
  private static final String ACCOUNT = "sparkapp-page";
  private static final String NAMESPACE = "kube-system";

  private LocalPage() {}

  /** Where it is. */
  static URI address(RunningCluster cluster) {
    return cluster
        .page()
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "The local cluster was started without the page: sparkapp local down ends it,"
                        + " sparkapp local up starts it with the page."));
  }

  /**
   * An address that fills in the form. The token is behind the hash: browsers send that to nobody.
   *
   * @param admin may make service accounts
   */
  static String link(URI address, KubernetesClient admin) {
    try (InputStream in = LocalPage.class.getResourceAsStream(VISITOR)) {
      for (HasMetadata item : admin.load(in).items()) {
        admin.resource(item).forceConflicts().serverSideApply();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return address.resolve("/login") + "#" + token(admin);
  }

  private static String token(KubernetesClient admin) {
    return admin
        .serviceAccounts()
        .inNamespace(NAMESPACE)
        .withName(ACCOUNT)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(GOOD_FOR.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }
}
