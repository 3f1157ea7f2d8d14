package io.sparkapp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.YamlDumpSettings;
import io.fabric8.kubernetes.client.utils.YamlDumpSettingsBuilder;

/** Makes clients for somebody who waits in front of a terminal. */
final class Connection {

  /** As kubectl writes it. */
  private static final YamlDumpSettings YAML =
      new YamlDumpSettingsBuilder().setMinimizeQuotes(true).build();

  private static final int TRIES_AGAIN = 2;
  private static final int MILLIS_TO_CONNECT = 5_000;

  private Connection() {}

  /**
   * A client that gives up soon, and that knows only the kinds that it is asked for: to look for
   * all that are on the class path takes longer than most commands.
   */
  static KubernetesClient to(Config config) {
    Config hasty =
        new ConfigBuilder(config)
            .withRequestRetryBackoffLimit(TRIES_AGAIN)
            .withConnectionTimeout(MILLIS_TO_CONNECT)
            // A second protocol is more to load than the few requests of a command are worth.
            .withHttp2Disable(true)
            .build();
    KubernetesClientBuilder builder =
        new KubernetesClientBuilder()
            .withConfig(hasty)
            .withKubernetesSerialization(
                new KubernetesSerialization(new ObjectMapper(), false, YAML));
    CertificateLogin.of(hasty).ifPresent(builder::withHttpClientFactory);
    return builder.build();
  }
}
