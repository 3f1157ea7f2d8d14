package io.sparkapp.local.archives;

import io.sparkapp.local.QuickStart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private static final List<String> JVM =
      Stream.concat(Stream.of("-Xmx1g"), Stream.of(QuickStart.OPTIONS.split(" "))).toList();

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration TO_CLEAN_UP = Duration.ofSeconds(5);
  private static final String FOLDER = "rehearsal";

  /** What users set for their own JVMs and their own Spark. */
  private static final Set<String> NOT_OURS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "SPARK_CONF_DIR");

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
    removeOldFolders();
    Path folder = Files.createTempDirectory(archives.directory(), FOLDER);
    try {
      rehearse(folder);
    } finally {
      closeRunning();
    }
    delete(folder);
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
    // Without the other one each would wait for ever.
    awaitEach(List.of(driver, executor));
    ended("driver", driver);
    ended("executor", executor);
  }

  private static void awaitEach(List<Process> processes) throws IOException {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    for (Process each : processes) {
      each.onExit()
          .thenAccept(
              ended -> {
                if (ended.exitValue() != 0) {
                  failed.complete(null);
                }
              });
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            processes.stream().map(Process::onExit).toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, failed).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the rehearsal took longer than " + LONGEST.toMinutes() + " min", e);
    } catch (ExecutionException e) {
      throw new IOException("the rehearsal's end is not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the rehearsal was interrupted", e);
    }
  }

  /** Of clusters that ended before their rehearsal did. */
  private void removeOldFolders() throws IOException {
    try (Stream<Path> files = Files.list(archives.directory())) {
      for (Path old :
          files.filter(file -> file.getFileName().toString().startsWith(FOLDER)).toList()) {
        delete(old);
      }
    }
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
    builder.environment().keySet().removeAll(NOT_OURS);
    builder.environment().putAll(environment);
    // Else Spark's page would listen at all addresses, those of pods included.
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
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
    boolean runs = process.isAlive();
    if (runs || process.exitValue() != 0 || !Files.exists(archives.archive(role))) {
      throw new IOException(
          "the %s %s; %s says more"
              .formatted(
                  role,
                  runs ? "did not end" : "ended with exit code " + process.exitValue(),
                  archives.log(role)));
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
    try {
      end.get(TO_CLEAN_UP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("what the rehearsal leaves behind the next one removes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
