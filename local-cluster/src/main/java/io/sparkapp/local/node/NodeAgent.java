package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kubernetes node that runs the pods bound to it as local processes. To the API server, and to
 * {@code kubectl get}, {@code describe} and {@code logs}, it is a kubelet.
 *
 * <p>Each container is run once (restartPolicy Never). A pod's processes live no longer than the
 * agent; those that outlive one that is killed are ended when the next one starts with the same
 * state directory.
 */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final int WORKERS = 16;
  private static final int REPORTERS = 8;
  private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(2);
  private static final Duration BOUND_AT_CLOSE = Duration.ofSeconds(6);

  private final Timers timers = new Timers("node-timer");
  private final ExecutorService workers = pool("node-worker", WORKERS);
  private final ExecutorService reporters = pool("node-reporter", REPORTERS);
  private final ExecutorService copiers =
      Executors.newCachedThreadPool(NamedThreads.daemons("container-output"));
  private final NodeServices services;
  private final PodRegistry pods;
  private final KubeletServer server;
  private final SharedIndexInformer<Pod> informer;

  private NodeAgent(NodeAgentOptions options) throws IOException, GeneralSecurityException {
    Clock clock = Clock.systemUTC();
    PodDirectory.createPrivate(options.stateDir());
    MachineResources machine =
        MachineResources.ofThisMachine(
            options.stateDir().toFile().getTotalSpace(), System.getenv());
    this.services = services(options, machine, clock);
    PodDirectory.createPrivate(services.pods());
    Leftovers.end(services.pods());
    this.pods = new PodRegistry(services);
    this.server =
        new KubeletServer(
            new InetSocketAddress(options.address(), options.port()),
            ServingContext.of(
                options.servingCertificate(), options.servingKey(), options.clientCa()),
            options.kubeletClientName(),
            pods::find,
            clock);
    this.informer =
        options
            .client()
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", options.nodeName())
            .runnableInformer(0)
            .addEventHandler(events());
    registration(options, machine, clock).register();
  }

  /**
   * Ends what a killed agent left running.
   *
   * @param stateDir the agent's; nothing happens when it is not there
   */
  public static void endLeftovers(Path stateDir) {
    Leftovers.end(stateDir.resolve("pods"));
  }

  /**
   * Starts a node agent: ends what an earlier one has left, registers the node and runs its pods.
   *
   * @throws UncheckedIOException if the state directory, the certificates or the port can't be used
   */
  public static NodeAgent start(NodeAgentOptions options) {
    try {
      NodeAgent agent = new NodeAgent(options);
      agent.runOrClose();
      return agent;
    } catch (IOException e) {
      throw new UncheckedIOException("The node agent can't start: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The node agent's certificates can't be used: " + e.getMessage(), e);
    }
  }

  /** The port the agent listens on. */
  public int port() {
    return server.port();
  }

  /** Ends all processes of pods within a few seconds; their pods are told of at the next start. */
  @Override
  public void close() {
    informer.stop();
    pods.shutDown(GRACE_AT_CLOSE, BOUND_AT_CLOSE);
    server.close();
    timers.close();
    workers.shutdownNow();
    reporters.shutdownNow();
    copiers.shutdownNow();
  }

  private void runOrClose() {
    try {
      run();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void run() {
    server.start();
    services.memory().start(timers);
    informer.run();
    pods.forgetAllBut(
        informer.getStore().list().stream().map(pod -> pod.getMetadata().getUid()).toList());
    LOG.info("The node agent listens on port {}.", port());
  }

  private NodeServices services(NodeAgentOptions options, MachineResources machine, Clock clock) {
    return new NodeServices(
        options.client(),
        options.address().getHostAddress(),
        machine.allocatable(),
        options.stateDir().resolve("pods"),
        apiServerEnvironment(options.apiServer()),
        new ImageStore(options.stateDir().resolve("images"), options.images()),
        new IpPool(options.stateDir().hashCode()),
        LaunchPlanner.ofThisMachine(),
        new StatusReporter(options.client(), reporters, timers),
        new PodEvents(options.client(), options.nodeName(), clock, reporters),
        new MemoryWatch(),
        timers,
        workers,
        copiers,
        clock);
  }

  private NodeRegistration registration(
      NodeAgentOptions options, MachineResources machine, Clock clock) {
    String version = options.client().getKubernetesVersion().getGitVersion();
    NodeObject node =
        new NodeObject(
            options.nodeName(),
            options.nodeName(),
            options.address().getHostAddress(),
            port(),
            machine,
            options.images().keySet(),
            version,
            UUID.nameUUIDFromBytes(options.stateDir().toString().getBytes()).toString());
    return new NodeRegistration(options.client(), node, timers, reporters, clock);
  }

  private ResourceEventHandler<Pod> events() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Pod pod) {
        pods.observed(pod);
      }

      @Override
      public void onUpdate(Pod before, Pod pod) {
        pods.observed(pod);
      }

      @Override
      public void onDelete(Pod pod, boolean finalStateUnknown) {
        pods.gone(pod);
      }
    };
  }

  private static Map<String, String> apiServerEnvironment(URI apiServer) {
    String port = Integer.toString(apiServer.getPort() < 0 ? 443 : apiServer.getPort());
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        apiServer.getHost(),
        "KUBERNETES_SERVICE_PORT",
        port,
        "KUBERNETES_SERVICE_PORT_HTTPS",
        port);
  }

  private static ExecutorService pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            NamedThreads.daemons(name),
            // After close() a process may still end; nobody is told.
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
