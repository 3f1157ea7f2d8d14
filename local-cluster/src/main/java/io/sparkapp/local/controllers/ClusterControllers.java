package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The controllers of a local cluster, in this process: they bind pods to the node, collect what has
 * no owner left, and keep and empty namespaces.
 */
public final class ClusterControllers implements AutoCloseable {
  private final Binder binder;
  private final OwnerCollector collector;
  private final NamespaceKeeper namespaces;

  private ClusterControllers(KubernetesClient client, String nodeName, String rootCa) {
    this.binder = new Binder(client, nodeName);
    this.collector = new OwnerCollector(client);
    this.namespaces = new NamespaceKeeper(client, rootCa);
  }

  /**
   * Starts the controllers.
   *
   * @param client speaks to the API server as an administrator; the controllers don't close it
   * @param nodeName the node that pods are bound to; it may come later
   * @param serverCa PEM certificates that the API server's certificate is from
   * @throws UncheckedIOException if these can't be read
   */
  public static ClusterControllers start(KubernetesClient client, String nodeName, Path serverCa) {
    try {
      ClusterControllers controllers =
          new ClusterControllers(client, nodeName, Files.readString(serverCa));
      controllers.namespaces.start();
      controllers.collector.start();
      controllers.binder.start();
      return controllers;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + serverCa + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    binder.close();
    collector.close();
    namespaces.close();
  }
}
