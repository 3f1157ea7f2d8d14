package io.sparkapp.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A context of a kubeconfig that says all there is to say of its login: a server with the authority
 * that signed it, and a certificate or a token.
 *
 * @param authority in Base64, as the kubeconfig has it
 * @param certificate likewise; null with a token
 * @param key likewise; null with a token
 * @param token null with a certificate
 * @param namespace that of the context, or default
 */
record PlainLogin(
    URI server, String authority, String certificate, String key, String token, String namespace) {

  private static final Set<String> CLUSTER =
      Set.of("server", "certificate-authority-data", "extensions");
  private static final Set<String> CERTIFICATE =
      Set.of("client-certificate-data", "client-key-data");
  private static final Set<String> TOKEN = Set.of("token");

  /**
   * Reads it.
   *
   * @param kubeconfig as parsed
   * @param context null for the current one
   * @return empty when there is none, or when it has anything else, which may be of importance
   */
  static Optional<PlainLogin> of(Map<?, ?> kubeconfig, String context) {
    Object name = context == null ? kubeconfig.get("current-context") : context;
    Optional<Map<?, ?>> chosen = entry(kubeconfig, "contexts", name, "context");
    Optional<Map<?, ?>> cluster =
        chosen.flatMap(one -> entry(kubeconfig, "clusters", one.get("cluster"), "cluster"));
    Optional<Map<?, ?>> user =
        chosen.flatMap(one -> entry(kubeconfig, "users", one.get("user"), "user"));
    if (cluster.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    Set<?> login = user.get().keySet();
    boolean plain =
        CLUSTER.containsAll(cluster.get().keySet())
            && cluster.get().containsKey("certificate-authority-data")
            && String.valueOf(cluster.get().get("server")).startsWith("https://")
            && (login.equals(CERTIFICATE) || login.equals(TOKEN));
    if (!plain) {
      return Optional.empty();
    }
    return Optional.of(
        new PlainLogin(
            URI.create(text(cluster.get(), "server").replaceAll("/+$", "")),
            text(cluster.get(), "certificate-authority-data"),
            text(user.get(), "client-certificate-data"),
            text(user.get(), "client-key-data"),
            text(user.get(), "token"),
            chosen.map(one -> text(one, "namespace")).orElse("default")));
  }

  private static String text(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    return value == null ? null : value.toString();
  }

  /** What is below this key in the one entry of this name. */
  private static Optional<Map<?, ?>> entry(
      Map<?, ?> kubeconfig, String list, Object name, String key) {
    if (name == null || !(kubeconfig.get(list) instanceof List<?> entries)) {
      return Optional.empty();
    }
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> fields
          && name.equals(fields.get("name"))
          && fields.get(key) instanceof Map<?, ?> found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
