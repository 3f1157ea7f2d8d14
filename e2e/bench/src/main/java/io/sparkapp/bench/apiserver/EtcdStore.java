package io.sparkapp.bench.apiserver;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.sparkapp.local.controlplane.CertificateFiles;
import io.sparkapp.local.controlplane.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Fills etcd past the API server, as a restored backup would: the API server reads it all the same,
 * and tens of thousands of objects with their statuses take seconds instead of many minutes. Speaks
 * etcd's JSON gateway.
 */
final class EtcdStore implements AutoCloseable {

  /** What etcd takes in one transaction when nobody configures more. */
  static final int MOST = 128;

  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient http;
  private final URI transactions;

  EtcdStore(ControlPlane plane) {
    CertificateFiles client = plane.certificates().etcdClient();
    http =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                    .withMasterUrl(plane.etcdEndpoint().toString())
                    .withCaCertFile(plane.certificates().etcdCa().toString())
                    .withClientCertFile(client.certificate().toString())
                    .withClientKeyFile(client.key().toString())
                    .withClientKeyAlgo("EC")
                    .build())
            .build();
    transactions = plane.etcdEndpoint().resolve("/v3/kv/txn");
  }

  /** Writes objects by their keys, {@value #MOST} at most. */
  void put(Map<String, String> objects) {
    List<Map<String, Object>> puts =
        objects.entrySet().stream()
            .map(
                each ->
                    Map.<String, Object>of(
                        "requestPut",
                        Map.of("key", base64(each.getKey()), "value", base64(each.getValue()))))
            .toList();
    try {
      HttpResponse<String> response =
          http.getHttpClient()
              .sendAsync(
                  http.getHttpClient()
                      .newHttpRequestBuilder()
                      .uri(transactions)
                      .post("application/json", JSON.writeValueAsString(Map.of("success", puts)))
                      .build(),
                  String.class)
              .join();
      if (response.code() != OK) {
        throw new IllegalStateException("etcd refuses to be filled: " + response.body());
      }
    } catch (IOException | CompletionException e) {
      throw new IllegalStateException("etcd can not be filled", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.close();
  }
}
