package io.sparkapp.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sparkapp.local.archives.Rehearsal;
import io.sparkapp.local.controllers.ClusterControllers;
import io.sparkapp.local.controlplane.Certificates;
import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.ComponentProcess;
import io.sparkapp.local.controlplane.ControlPlane;
import io.sparkapp.local.controlplane.KeptPort;
import io.sparkapp.local.controlplane.KubeBinaries;
import io.sparkapp.local.controlplane.KubeBinarySearch;
import io.sparkapp.local.controlplane.ProcessIdentity;
import io.sparkapp.local.controlplane.ProcessRecords;
import io.sparkapp.local.node.NodeAgent;
import io.sparkapp.local.node.NodeAgentOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A running local cluster in this process: control plane, controllers, node and operator. Ready
 * when {@link #start} returns; {@link #close} ends all of it and leaves what the API server stored.
 */
public final class LocalCluster implements AutoCloseable {
  /** The name of its one node. */
  public static final String NODE_NAME = "sparkapp-local";

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);

  private final LocalClusterOptions options;
  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private volatile boolean closed;
  private volatile URI page;
  private RunningCluster running;

  LocalCluster(LocalClusterOptions options) {
    this.options = options;
  }

  /**
   * @param progress gets lines for the user
   * @throws ClusterException when a part doesn't start; what was started is ended again
   */
  public static LocalCluster start(LocalClusterOptions options, Consumer<String> progress) {
    LocalCluster cluster = new LocalCluster(options);
    try {
      cluster.startParts(progress);
      return cluster;
    } catch (RuntimeException e) {
      cluster.closeAfter(e);
      throw e;
    }
  }

  void startParts(Consumer<String> progress) {
    Path directory = options.stateDirectory();
    ProcessRecords records = ControlPlane.processRecords(directory);
    add(ClusterLock.acquire(directory));
    add(() -> records.endAll(GRACE));
    add(() -> RunningCluster.remove(directory));
    KubeBinaries binaries = KubeBinarySearch.fromEnvironment(options.kubeBinaries()).find(progress);
    ControlPlane plane =
        add(
            ControlPlane.start(
                new ControlPlane.Options(directory, binaries, progress, READY_WITHIN)));
    plane.ended().thenAccept(this::controlPlaneEnded);
    KubernetesClient admin = add(plane.adminClient());
    new Manifests(admin).apply(options.manifests());
    add(ClusterControllers.start(admin, NODE_NAME, plane.certificates().serverCa()));
    progress.accept("starting node " + NODE_NAME);
    add(startNode(plane));
    options.archives().ifPresent(archives -> add(Rehearsal.start(archives)));
    RunningCluster ready = describe(plane, binaries);
    if (options.operatorCommand().isEmpty()) {
      publish(ready);
    } else {
      progress.accept("starting the operator");
      add(
          startOperator(
              plane, records, pid -> publish(ready.withOperator(pid, Optional.ofNullable(page)))));
    }
  }

  private void controlPlaneEnded(String sentence) {
    if (!closed) {
      broken.complete(sentence);
    }
  }

  /**
   * Completes, with a sentence, when the cluster lost its control plane and is of no use any more.
   */
  CompletableFuture<String> broken() {
    return broken;
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    if (closed) {
      close();
      throw new ClusterException("The local cluster was ended while it started.");
    }
    return part;
  }

  private NodeAgent startNode(ControlPlane plane) {
    Certificates certificates = plane.certificates();
    var serving = certificates.nodeServer(NODE_NAME);
    return NodeAgent.start(
        new NodeAgentOptions(
            add(ControlPlane.client(plane.nodeKubeconfig(NODE_NAME))),
            NODE_NAME,
            nodeDirectory(options.stateDirectory()),
            options.images(),
            loopback(),
            0,
            serving.certificate(),
            serving.key(),
            certificates.clientCa(),
            Certificates.KUBELET_CLIENT_NAME,
            plane.endpoint(),
            certificates.serverCa()));
  }

  private static RunningCluster describe(ControlPlane plane, KubeBinaries binaries) {
    return new RunningCluster(
        ProcessIdentity.ofThisProcess(),
        Instant.now(),
        plane.endpoint(),
        plane.adminKubeconfig(),
        binaries.kubectl(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private synchronized void publish(RunningCluster now) {
    running = now;
    now.write(options.stateDirectory());
  }

  private SupervisedProcess startOperator(
      ControlPlane plane, ProcessRecords records, LongConsumer onStart) {
    String kubeconfig = plane.operatorKubeconfig().toString();
    Path log = options.stateDirectory().resolve("logs/operator.log");
    return SupervisedProcess.start(
        "operator",
        () ->
            ComponentProcess.start(
                "operator",
                options.operatorCommand(),
                operatorEnvironment(kubeconfig),
                log,
                records),
        onStart);
  }

  /**
   * Its page is for this machine only. The port is chosen at each start: another program may have
   * taken that of before.
   */
  private Map<String, String> operatorEnvironment(String kubeconfig) {
    Map<String, String> environment = new HashMap<>(options.operatorEnvironment());
    environment.put("KUBECONFIG", kubeconfig);
    if ("true".equals(environment.get("SPARKAPP_WEB_ENABLED"))) {
      int port = KeptPort.in(options.stateDirectory().resolve("page.port"));
      environment.put("SPARKAPP_WEB_HOST", "127.0.0.1");
      environment.put("SPARKAPP_WEB_PORT", Integer.toString(port));
      page = URI.create("http://127.0.0.1:" + port + "/");
    }
    return environment;
  }

  /** What {@code cluster.json} says of it. */
  public synchronized RunningCluster running() {
    return running;
  }

  /** Where the node agent keeps what it needs. */
  static Path nodeDirectory(Path stateDirectory) {
    return stateDirectory.resolve("node");
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private void closeAfter(RuntimeException cause) {
    try {
      close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Ends operator, pods and node, controllers, API server and etcd, in this order. */
  @Override
  public void close() {
    closed = true;
    ClusterException failure = null;
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        // One part that ends badly must not keep the others running.
        failure = new ClusterException("A part of the local cluster did not end cleanly: " + e, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
