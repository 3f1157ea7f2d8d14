package io.sparkapp.e2e.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** One k3s node in a container; it and all that runs on it goes when it is closed. */
final class K3sNode implements AutoCloseable {

  private static final String IMAGE = "SPARKAPP_K3S_IMAGE";
  private static final String DEFAULT_IMAGE = "rancher/k3s:v1.34.4-k3s1";

  /** Prints the process id of a kubelet that is a process of its own. */
  private static final String KUBELET =
      """
      for process in /proc/[0-9]*; do
        case "$(tr '\\0' ' ' 2>/dev/null < $process/cmdline)" in
          "k3s kubelet "*) echo "${process#/proc/}" ;;
        esac
      done
      """;

  /** A minute otherwise. */
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private static final Path TIME_ZONES = Path.of("/usr/share/zoneinfo");

  private final K3sContainer container;

  private final Path kubeconfig;

  private K3sNode(K3sContainer container, Path kubeconfig) {
    this.container = container;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Starts a node; the image is {@code SPARKAPP_K3S_IMAGE}, a system property or a variable.
   *
   * @param shared folders of this machine that the node has at the same paths
   */
  static K3sNode start(Path... shared) {
    String image =
        Optional.ofNullable(System.getProperty(IMAGE))
            .or(() -> Optional.ofNullable(System.getenv(IMAGE)))
            .or(K3sNode::prepared)
            .orElse(DEFAULT_IMAGE);
    K3sContainer container =
        new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
    container.withStartupTimeout(LONGEST_START);
    if (Files.isDirectory(TIME_ZONES)) {
      // An image from before schedules had time zones has none; k3s itself brings its own.
      container.withCopyFileToContainer(
          MountableFile.forHostPath(TIME_ZONES), TIME_ZONES.toString());
    }
    for (Path folder : shared) {
      container.withFileSystemBind(folder.toString(), folder.toString(), BindMode.READ_WRITE);
    }
    container.start();
    try {
      // Only its owner may read a temporary file.
      Path kubeconfig = Files.createTempFile("k3s", ".kubeconfig");
      Files.writeString(kubeconfig, container.getKubeConfigYaml());
      return new K3sNode(container, kubeconfig);
    } catch (IOException e) {
      container.stop();
      throw new UncheckedIOException(e);
    }
  }

  /** The image that {@code e2e/prepare} found or made. */
  private static Optional<String> prepared() {
    Path file = Home.of("e2e/target/k3s-image");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The administrator's kubeconfig, for use outside the container. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** Puts images into the node's containerd, so that nothing has to be pulled. */
  void load(List<Path> archives) {
    for (Path archive : archives) {
      String there = "/var/tmp/" + archive.getFileName();
      container.copyFileToContainer(MountableFile.forHostPath(archive), there);
      run("ctr", "-n", "k8s.io", "images", "import", there);
      run("rm", there);
    }
  }

  /** Sends a signal to the first process of a container, from outside as the kernel would. */
  void kill(String containerId, String signal) {
    run(
        "ctr",
        "-n",
        "k8s.io",
        "tasks",
        "kill",
        "-s",
        signal,
        containerId.replaceFirst("^containerd://", ""));
  }

  /**
   * Lets the node's kubelet stand still while something is done: to the cluster it looks as if the
   * node were lost.
   *
   * @return whether it did; not where the kubelet is no process of its own, as in k3s itself
   */
  boolean withoutKubelet(Runnable meanwhile) {
    String pid = run("sh", "-c", KUBELET).strip();
    if (pid.isEmpty()) {
      return false;
    }
    run("sh", "-c", "kill -STOP " + pid);
    try {
      meanwhile.run();
    } finally {
      run("sh", "-c", "kill -CONT " + pid);
    }
    return true;
  }

  /** Runs a command on the node and returns what it printed. */
  String run(String... command) {
    try {
      ExecResult result = container.execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " on the node: " + result.getStderr() + result.getStdout());
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + " on the node", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the node itself printed. */
  String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
    try {
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
