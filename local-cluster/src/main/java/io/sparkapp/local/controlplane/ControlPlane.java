package io.sparkapp.local.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A running etcd and kube-apiserver on free loopback ports, and nothing else of Kubernetes: no
 * scheduler, no controllers, no node. What it stores stays in its state directory and is there
 * again when it is started there the next time.
 *
 * <pre>{@code
 * try (ControlPlane plane = ControlPlane.start(ControlPlane.Options.in(directory));
 *     KubernetesClient client = plane.adminClient()) { ... }
 * }</pre>
 */
public final class ControlPlane implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int STARTS = 3;
  private static final String PORT_TAKEN = "address already in use";

  /**
   * What to start and where.
   *
   * @param stateDirectory made, for its owner only, when not there
   * @param progress gets lines for the user
   * @param readyWithin how long the API server may take until it is ready
   */
  public record Options(
      Path stateDirectory, KubeBinaries binaries, Consumer<String> progress, Duration readyWithin) {

    /** With the binaries that the environment gives, or that are fetched or built now. */
    public static Options in(Path stateDirectory) {
      Consumer<String> silent = line -> {};
      KubeBinaries binaries =
          KubeBinarySearch.fromEnvironment(Optional.empty())
              .find(
                  line ->
                      System.getLogger(ControlPlane.class.getName())
                          .log(System.Logger.Level.INFO, line));
      return new Options(stateDirectory, binaries, silent, Duration.ofSeconds(120));
    }
  }

  private final Options options;
  private final Path directory;
  private final Certificates certificates;
  private final URI endpoint;
  private final URI etcdEndpoint;
  private final ComponentProcess etcd;
  private final ComponentProcess apiServer;

  private ControlPlane(Options options, Certificates certificates, Ports ports) {
    this.options = options;
    this.directory = options.stateDirectory().toAbsolutePath();
    this.certificates = certificates;
    this.endpoint = URI.create("https://127.0.0.1:" + ports.apiServer());
    ProcessRecords records = processRecords(directory);
    KubeBinaries binaries = options.binaries();
    EtcdCommand etcdCommand =
        new EtcdCommand(binaries.etcd(), directory.resolve("etcd"), ports, certificates);
    this.etcdEndpoint = URI.create(etcdCommand.clientUrl());
    ApiServerCommand apiServerCommand =
        new ApiServerCommand(
            binaries.kubeApiserver(), etcdCommand.clientUrl(), directory, ports, certificates);
    Path logs = DirectoryTree.createPrivate(directory.resolve("logs"));
    // Both at once: the API server needs longer to come to its first request than etcd to be ready.
    etcd = start("etcd", etcdCommand.toCommand(), logs, records);
    apiServer = startAfterEtcd(apiServerCommand.toCommand(), logs, records);
  }

  private static ComponentProcess start(
      String name, List<String> command, Path logs, ProcessRecords records) {
    return ComponentProcess.start(name, command, Map.of(), logs.resolve(name + ".log"), records);
  }

  private ComponentProcess startAfterEtcd(List<String> command, Path logs, ProcessRecords records) {
    try {
      return start("kube-apiserver", command, logs, records);
    } catch (ClusterException e) {
      etcd.stop(GRACE);
      throw e;
    }
  }

  /** Where the processes of a state directory are on record, running or left behind. */
  public static ProcessRecords processRecords(Path stateDirectory) {
    return ProcessRecords.in(stateDirectory.resolve("run"));
  }

  /**
   * Starts and waits until the API server is ready. Ends first what a killed JVM left running in
   * the same state directory.
   *
   * @throws ClusterException with the last lines of the log when a process ends or takes too long
   */
  public static ControlPlane start(Options options) {
    Path directory = DirectoryTree.createPrivate(options.stateDirectory().toAbsolutePath());
    processRecords(directory).endAll(GRACE);
    Certificates certificates = Certificates.in(directory.resolve("pki"));
    Path portsFile = directory.resolve("ports");
    Ports ports = Ports.in(portsFile);
    for (int start = 1; ; start++) {
      ControlPlane plane = new ControlPlane(options, certificates, ports);
      try {
        plane.awaitReady();
        return plane;
      } catch (RuntimeException e) {
        plane.close();
        // Between our look and the bind another program may have taken a port.
        if (start == STARTS || !String.valueOf(e.getMessage()).contains(PORT_TAKEN)) {
          throw e;
        }
        ports = Ports.renewed(portsFile);
      }
    }
  }

  private void awaitReady() {
    options.progress().accept("starting etcd and kube-apiserver on " + endpoint);
    Instant giveUp = Instant.now().plus(options.readyWithin());
    Path kubeconfig = adminKubeconfig();
    try (KubernetesClient client = probeClient(kubeconfig)) {
      while (!isReady(client)) {
        if (apiServer.endsWithin(POLL)) {
          throw new ClusterException(apiServer.obituary());
        }
        if (!etcd.isAlive()) {
          throw new ClusterException(etcd.obituary());
        }
        if (Instant.now().isAfter(giveUp)) {
          throw new ClusterException(
              "kube-apiserver was not ready within %d s; its log ends with: %s; etcd's with: %s"
                  .formatted(
                      options.readyWithin().toSeconds(), apiServer.lastWords(), etcd.lastWords()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("The start of the control plane was interrupted.", e);
    }
  }

  private static boolean isReady(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false; // Not listening yet, or listening and not ready: asked again in a moment.
    }
  }

  private static KubernetesClient probeClient(Path kubeconfig) {
    Config config = config(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(1000);
    config.setRequestTimeout(2000);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Config config(Path kubeconfig) {
    try {
      return Config.fromKubeconfig(Files.readString(kubeconfig));
    } catch (IOException e) {
      throw new ClusterException("Cannot read %s: %s.".formatted(kubeconfig, e), e);
    }
  }

  /** The API server's address, {@code https://127.0.0.1:PORT}. */
  public URI endpoint() {
    return endpoint;
  }

  /** etcd's address, for those who fill it without the API server; it asks for a certificate. */
  public URI etcdEndpoint() {
    return etcdEndpoint;
  }

  public Certificates certificates() {
    return certificates;
  }

  /** The kubeconfig of a cluster administrator. */
  public Path adminKubeconfig() {
    return kubeconfig("kubeconfig", "admin", certificates.admin());
  }

  /** The kubeconfig of user {@link Certificates#OPERATOR_NAME}, who may only what RBAC gives. */
  public Path operatorKubeconfig() {
    return kubeconfig("operator.kubeconfig", Certificates.OPERATOR_NAME, certificates.operator());
  }

  /** The kubeconfig of a node's agent, with the rights of a kubelet. */
  public Path nodeKubeconfig(String nodeName) {
    return kubeconfig(
        "node-%s.kubeconfig".formatted(nodeName),
        "system:node:" + nodeName,
        certificates.node(nodeName));
  }

  /** The kubeconfig of any user, for tests of what one may do. */
  public Path userKubeconfig(String user, String... groups) {
    CertificateFiles files = certificates.user(user, List.of(groups));
    String name = files.certificate().getFileName().toString().replace(".crt", "");
    return kubeconfig(name + ".kubeconfig", user, files);
  }

  /** A client of the administrator; the caller closes it. */
  public KubernetesClient adminClient() {
    return client(adminKubeconfig());
  }

  /** A client with a kubeconfig; the environment's own Kubernetes settings play no part in it. */
  public static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder().withConfig(config(kubeconfig)).build();
  }

  private Path kubeconfig(String file, String userName, CertificateFiles user) {
    return Kubeconfig.write(
        directory.resolve(file), endpoint, certificates.serverCa(), user, userName);
  }

  /** Whether both processes run. */
  public boolean isAlive() {
    return etcd.isAlive() && apiServer.isAlive();
  }

  /** Completes, with a sentence, when etcd or kube-apiserver has ended, whether told to or not. */
  public CompletableFuture<String> ended() {
    return CompletableFuture.anyOf(
            etcd.onExit().thenApply(code -> etcd.obituary()),
            apiServer.onExit().thenApply(code -> apiServer.obituary()))
        .thenApply(String.class::cast);
  }

  /** Ends kube-apiserver, then etcd. The stored data stays. */
  @Override
  public void close() {
    apiServer.stop(GRACE);
    etcd.stop(GRACE);
  }
}
