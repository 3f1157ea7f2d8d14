package io.sparkapp.local.archives;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the archives in the background, by an application that nobody sees, at the lowest priority:
 * the user's first application finds the machine almost as free as without. When it fails, or the
 * cluster ends before it, applications start without archives and the next cluster tries again.
 */
public final class Rehearsal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** As the local cluster starts drivers and executors; see the command's Installation. */
  private static final List<String> JVM =
      List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final SparkArchives archives;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<AutoCloseable> running = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private Rehearsal(SparkArchives archives) {
    this.archives = archives;
  }

  /** Starts it, unless the archives are there, and returns at once. */
  public static Rehearsal start(SparkArchives archives) {
    Rehearsal rehearsal = new Rehearsal(archives);
    if (archives.made()) {
      rehearsal.end.complete(null);
    } else {
      Thread thread = new Thread(rehearsal::run, "class-data-archives");
      thread.setDaemon(true);
      thread.start();
    }
    return rehearsal;
  }

  /** Completes when it has ended, well or not. */
  public CompletableFuture<Void> end() {
    return end;
  }

  private void run() {
    try (RandomAccessFile file =
            new RandomAccessFile(archives.directory().resolve("lock").toFile(), "rw");
        FileLock lock = file.getChannel().tryLock()) {
      if (lock != null && !archives.made()) {
        make();
        LOG.info("driver and executor have class-data archives from now on");
      }
    } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
      if (!closed) {
        LOG.warn("class-data archives were not made, applications start slower: {}", e.toString());
      }
    } finally {
      end.complete(null);
    }
  }

  private void make() throws IOException {
    archives.layOut();
    Path folder = Files.createTempDirectory(archives.directory(), "rehearsal");
    try {
      rehearse(folder);
    } finally {
      closeRunning();
      delete(folder);
    }
    archives.publish();
    archives.removeOthers();
  }

  private void rehearse(Path folder) throws IOException {
    TrainingApplication application =
        new TrainingApplication(
            folder.toString(),
            archives.spark().resolve("opt/spark").toString(),
            archives.examplesJar().toString());
    int driverPort = TrainingApplication.freePort();
    Files.writeString(
        folder.resolve(TrainingApplication.DRIVER_ADDRESS_FILE), "127.0.0.1:" + driverPort);
    TrainingApiServer apiServer = new TrainingApiServer(TrainingApplication.REQUEST, folder);
    running.add(apiServer);
    Process driver =
        start(
            folder,
            "driver",
            TrainingApplication.DRIVER,
            application.driver(apiServer.port(), driverPort),
            application.arguments());
    Process executor =
        start(folder, "executor", TrainingApplication.EXECUTOR, application.executor(), List.of());
    ended("driver", driver);
    ended("executor", executor);
  }

  private Process start(
      Path folder,
      String role,
      String launcher,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(lowPriority());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + archives.options(role));
    command.addAll(JVM);
    command.add("-XX:ArchiveClassesAtExit=" + archives.archive(role));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", archives.classPath(role), launcher));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(archives.log(role).toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    running.add(process::destroyForcibly);
    if (closed) {
      process.destroyForcibly();
    }
    return process;
  }

  private static List<String> lowPriority() {
    return Stream.of("/usr/bin/nice", "/bin/nice")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .map(nice -> List.of(nice, "-n", "19"))
        .orElse(List.of());
  }

  private void ended(String role, Process process) throws IOException {
    int exitCode = process.onExit().join().exitValue();
    if (exitCode != 0 || !Files.exists(archives.archive(role))) {
      throw new IOException(
          "the %s ended with exit code %d; %s says more"
              .formatted(role, exitCode, archives.log(role)));
    }
  }

  private void closeRunning() throws IOException {
    for (AutoCloseable each = running.poll(); each != null; each = running.poll()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IOException("the rehearsal did not end: " + e, e);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    closed = true;
    closeRunning();
  }
}
