package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each namespace what its pods count on, the {@code default} service account and the API
 * server's authority, and empties those that are to go.
 */
final class NamespaceKeeper implements AutoCloseable {
  private static final String ACCOUNT = "default";
  private static final String ROOT_CA = "kube-root-ca.crt";
  private static final int THREADS = 2;

  private final KubernetesClient client;
  private final String rootCa;
  private final NamespaceEmptying emptying;
  private final KeyedQueue<String> queue;
  private final SharedIndexInformer<Namespace> namespaces;
  private final SharedIndexInformer<ServiceAccount> accounts;
  private final SharedIndexInformer<ConfigMap> authorities;

  /**
   * @param rootCa PEM certificates that the API server's certificate is from
   */
  NamespaceKeeper(KubernetesClient client, String rootCa) {
    this.client = client;
    this.rootCa = rootCa;
    this.emptying = new NamespaceEmptying(client);
    this.queue = new KeyedQueue<>("namespace-keeper", THREADS, this::keep);
    this.namespaces = client.namespaces().runnableInformer(0);
    this.accounts =
        client
            .serviceAccounts()
            .inAnyNamespace()
            .withField("metadata.name", ACCOUNT)
            .runnableInformer(0);
    this.authorities =
        client
            .configMaps()
            .inAnyNamespace()
            .withField("metadata.name", ROOT_CA)
            .runnableInformer(0);
    namespaces.addEventHandler(
        new AnyEvent<>(namespace -> queue.add(namespace.getMetadata().getName())));
    accounts.addEventHandler(
        new AnyEvent<>(account -> queue.add(account.getMetadata().getNamespace())));
    authorities.addEventHandler(
        new AnyEvent<>(authority -> queue.add(authority.getMetadata().getNamespace())));
  }

  void start() {
    accounts.run();
    authorities.run();
    namespaces.run();
  }

  @Override
  public void close() {
    namespaces.stop();
    accounts.stop();
    authorities.stop();
    queue.close();
  }

  private Optional<Duration> keep(String name) {
    Namespace namespace = namespaces.getStore().getByKey(name);
    if (namespace == null) {
      return Optional.empty();
    }
    if (namespace.getMetadata().getDeletionTimestamp() != null) {
      return emptying.empty(name);
    }
    if (accounts.getStore().getByKey(name + "/" + ACCOUNT) == null) {
      create(
          () ->
              client
                  .resource(
                      new ServiceAccountBuilder()
                          .withNewMetadata()
                          .withNamespace(name)
                          .withName(ACCOUNT)
                          .endMetadata()
                          .build())
                  .create());
    }
    keepAuthority(name);
    return Optional.empty();
  }

  private void keepAuthority(String namespace) {
    ConfigMap known = authorities.getStore().getByKey(namespace + "/" + ROOT_CA);
    Map<String, String> wanted = Map.of("ca.crt", rootCa);
    if (known == null) {
      create(
          () ->
              client
                  .resource(
                      new ConfigMapBuilder()
                          .withNewMetadata()
                          .withNamespace(namespace)
                          .withName(ROOT_CA)
                          .endMetadata()
                          .withData(wanted)
                          .build())
                  .create());
    } else if (!wanted.equals(known.getData())) {
      client.resource(new ConfigMapBuilder(known).withData(wanted).build()).update();
    }
  }

  private static void create(Runnable creation) {
    try {
      creation.run();
    } catch (KubernetesClientException e) {
      // The informer is a moment behind: it is there already.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
