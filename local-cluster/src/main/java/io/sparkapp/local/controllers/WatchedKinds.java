package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the objects that garbage collection is about: pods, Secrets, ConfigMaps, Services, and
 * the objects of every custom resource that is defined, now or later.
 */
final class WatchedKinds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedKinds.class);

  /** Is told of what happens to the objects. */
  interface Listener {
    void seen(OwnedObject object);

    void gone(OwnedObject object);
  }

  private final KubernetesClient client;
  private final Listener listener;
  private final List<SharedIndexInformer<?>> builtIn = new ArrayList<>();
  private final Map<String, SharedIndexInformer<GenericKubernetesResource>> custom =
      new HashMap<>();
  private final SharedIndexInformer<CustomResourceDefinition> definitions;
  private boolean closed;

  WatchedKinds(KubernetesClient client, Listener listener) {
    this.client = client;
    this.listener = listener;
    this.definitions =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .runnableInformer(0)
            .addEventHandler(definitionEvents());
  }

  void start() {
    definitions.run();
    watch(Pod.class);
    watch(Secret.class);
    watch(ConfigMap.class);
    watch(Service.class);
  }

  @Override
  public void close() {
    definitions.stop();
    builtIn.forEach(SharedIndexInformer::stop);
    synchronized (this) {
      closed = true;
      custom.values().forEach(SharedIndexInformer::stop);
    }
  }

  private <T extends HasMetadata> void watch(Class<T> kind) {
    SharedIndexInformer<T> informer =
        client
            .resources(kind)
            .inAnyNamespace()
            .runnableInformer(0)
            .addEventHandler(
                new Forwarding<T>(ResourceDefinitionContext.fromResourceType(kind), listener));
    builtIn.add(informer);
    informer.run();
  }

  private synchronized void watch(CustomResourceDefinition definition) {
    String name = definition.getMetadata().getName();
    Optional<String> version = storedVersion(definition);
    if (closed
        || custom.containsKey(name)
        || !Establishment.isEstablished(definition)
        || version.isEmpty()) {
      return;
    }
    ResourceDefinitionContext type =
        new ResourceDefinitionContext.Builder()
            .withGroup(definition.getSpec().getGroup())
            .withVersion(version.get())
            .withKind(definition.getSpec().getNames().getKind())
            .withPlural(definition.getSpec().getNames().getPlural())
            .withNamespaced("Namespaced".equals(definition.getSpec().getScope()))
            .build();
    SharedIndexInformer<GenericKubernetesResource> informer =
        client
            .genericKubernetesResources(type)
            .inAnyNamespace()
            .runnableInformer(0)
            .addEventHandler(new Forwarding<GenericKubernetesResource>(type, listener))
            // A definition is established a moment before its objects can be listed.
            .exceptionHandler((started, error) -> true);
    custom.put(name, informer);
    informer
        .start()
        .exceptionally(
            error -> {
              LOG.warn("The objects of {} can't be watched.", name, error);
              return null;
            });
  }

  private synchronized void forget(CustomResourceDefinition definition) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        custom.remove(definition.getMetadata().getName());
    if (informer != null) {
      informer.stop(); // Its objects went before it, each with an event of its own.
    }
  }

  private static Optional<String> storedVersion(CustomResourceDefinition definition) {
    return definition.getSpec().getVersions().stream()
        .filter(version -> Boolean.TRUE.equals(version.getStorage()))
        .map(CustomResourceDefinitionVersion::getName)
        .findFirst();
  }

  private ResourceEventHandler<CustomResourceDefinition> definitionEvents() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(CustomResourceDefinition definition) {
        watch(definition);
      }

      @Override
      public void onUpdate(CustomResourceDefinition before, CustomResourceDefinition definition) {
        watch(definition);
      }

      @Override
      public void onDelete(CustomResourceDefinition definition, boolean finalStateUnknown) {
        forget(definition);
      }
    };
  }

  private record Forwarding<T extends HasMetadata>(
      ResourceDefinitionContext type, Listener listener) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      listener.seen(OwnedObject.of(type, object));
    }

    @Override
    public void onUpdate(T before, T object) {
      listener.seen(OwnedObject.of(type, object));
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      listener.gone(OwnedObject.of(type, object));
    }
  }
}
