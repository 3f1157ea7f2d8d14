package io.sparkapp.local;

import io.sparkapp.local.controlplane.ClusterException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background process that a local cluster runs in. Its one argument is the options file; its
 * standard output is the protocol of its start: a line per step, then {@value #READY}, or one that
 * begins with {@value #ERROR}. TERM ends the cluster.
 */
public final class LocalClusterMain {
  static final String READY = "ready";
  static final String ERROR = "error: ";
  private static final Logger LOG = LoggerFactory.getLogger(LocalClusterMain.class);

  private LocalClusterMain() {}

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    LocalClusterOptions options = LocalClusterOptions.read(Path.of(args[0]));
    LocalCluster cluster = new LocalCluster(options);
    // Before the start: a TERM in the middle of it ends what has been started until then.
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "end-local-cluster"));
    try {
      cluster.startParts(System.out::println);
    } catch (ClusterException e) {
      LOG.error("the local cluster does not start", e);
      exit(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the local cluster does not start", e);
      exit("The local cluster does not start: " + e);
    }
    System.out.println(READY);
    // Half a cluster helps nobody: it ends as a whole, and the next start finds what it stored.
    LOG.error("the local cluster ends: {}", cluster.broken().get());
    System.exit(1);
  }

  private static void exit(String message) {
    System.out.println(ERROR + message.replace('\n', ' '));
    System.exit(1);
  }
}
