package io.sparkapp.operator;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import java.util.HashMap;

/** How the operator proves who it is. */
final class ApiAccess {

  private ApiAccess() {}

  /**
   * The client looks for a new token every minute, and where it never had one, before every call
   * once the first minute is over: then it reads the whole kubeconfig again each time. Who has a
   * certificate instead needs none.
   */
  static Config of(Config found) {
    if (hasCertificate(found) && !hasToken(found)) {
      found.setAutoConfigure(false);
      // The file that it was read from is kept with the context.
      NamedContext context = found.getCurrentContext();
      if (context != null) {
        context.setAdditionalProperties(new HashMap<>());
      }
    }
    return found;
  }

  private static boolean hasCertificate(Config found) {
    return found.getClientCertData() != null || found.getClientCertFile() != null;
  }

  private static boolean hasToken(Config found) {
    return found.getOauthToken() != null
        || found.getAutoOAuthToken() != null
        || found.getOauthTokenProvider() != null
        || found.getAuthProvider() != null;
  }
}
