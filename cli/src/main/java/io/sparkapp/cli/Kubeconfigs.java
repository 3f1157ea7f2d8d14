package io.sparkapp.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads kubeconfigs. */
final class Kubeconfigs {

  private Kubeconfigs() {}

  /**
   * A context of a user's kubeconfig.
   *
   * @param file null for those of KUBECONFIG or {@code ~/.kube/config}
   * @param context null for the current one
   * @throws CommandFailure when there is none
   */
  static Config config(Path file, String context) {
    if (file != null && !Files.isReadable(file)) {
      throw CommandFailure.badInput("There is no kubeconfig " + file + " that you can read.");
    }
    Config config = read(file, context);
    if (config.getCurrentContext() == null && (context != null || file != null)) {
      throw context == null
          ? CommandFailure.badInput(
              "The kubeconfig %s has no current context: name one with --context.".formatted(file))
          : CommandFailure.notFound(
              "Your kubeconfig has no context %s.%s"
                  .formatted(context, Nearest.hint(context, contexts(file))));
    }
    return config;
  }

  private static Config read(Path file, String context) {
    try {
      return file == null
          ? Config.autoConfigure(context)
          : Config.fromKubeconfig(context, file.toFile());
    } catch (KubernetesClientException | YamlEngineException e) {
      Throwable root = e.getCause() == null ? e : e.getCause();
      throw CommandFailure.of(
          ExitCode.BAD_INPUT,
          "Your kubeconfig can not be read: "
              + root.getMessage().lines().findFirst().orElse("").replaceAll("[.]$", "")
              + ".",
          e);
    }
  }

  /** The names of all contexts. */
  static List<String> contexts(Path file) {
    Collection<String> files =
        file == null ? Config.getKubeconfigFilenames() : List.of(file.toString());
    List<String> names = new ArrayList<>();
    for (String each : files) {
      if (Files.isReadable(Path.of(each))) {
        entries(document(Path.of(each)), "contexts")
            .forEach(context -> names.add(String.valueOf(context.get("name"))));
      }
    }
    return names;
  }

  /**
   * The local cluster's. We wrote it ourselves, so that little of what a kubeconfig may have is in
   * it, and to read that much takes a fraction of the time.
   */
  static Config local(Path file) {
    Map<?, ?> document = document(file);
    Map<?, ?> cluster = (Map<?, ?>) entries(document, "clusters").get(0).get("cluster");
    Map<?, ?> user = (Map<?, ?>) entries(document, "users").get(0).get("user");
    return new ConfigBuilder(Config.empty())
        .withMasterUrl((String) cluster.get("server"))
        .withCaCertData((String) cluster.get("certificate-authority-data"))
        .withClientCertData((String) user.get("client-certificate-data"))
        .withClientKeyData((String) user.get("client-key-data"))
        .withClientKeyAlgo("EC")
        .build();
  }

  /** A context whose login is plain; empty for any other, and where the file can not be read. */
  static Optional<PlainLogin> plain(Path file, String context) {
    try {
      return Files.isReadable(file) ? PlainLogin.of(document(file), context) : Optional.empty();
    } catch (CommandFailure | IllegalArgumentException e) {
      return Optional.empty(); // Whoever reads it next says what is wrong with it.
    }
  }

  private static Map<?, ?> document(Path file) {
    try {
      return (Map<?, ?>)
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException | YamlEngineException | ClassCastException e) {
      throw CommandFailure.of(
          ExitCode.BAD_INPUT, "The kubeconfig " + file + " can not be read.", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> entries(Map<?, ?> document, String key) {
    return document != null && document.get(key) instanceof List<?> list
        ? (List<Map<String, Object>>) list
        : List.of();
  }
}
