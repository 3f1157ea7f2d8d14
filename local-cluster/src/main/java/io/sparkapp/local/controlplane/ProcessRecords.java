package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which processes are ours, on disk, so that they are found, and they alone, after the JVM that
 * started them was killed. One file {@code NAME.pid} per process.
 */
public final class ProcessRecords {
  private static final String SUFFIX = ".pid";

  private final Path directory;

  private ProcessRecords(Path directory) {
    this.directory = directory;
  }

  public static ProcessRecords in(Path directory) {
    return new ProcessRecords(DirectoryTree.createPrivate(directory));
  }

  /** Remembers a process that has just been started. */
  public void record(String name, ProcessHandle process) {
    ProcessIdentity.of(process)
        .ifPresent(identity -> PrivateFile.write(file(name), identity.toText()));
  }

  /** Forgets a process that is known to have ended. */
  public void forget(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded processes that still run, by name. */
  public Map<String, ProcessHandle> alive() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .flatMap(file -> read(file).stream().map(process -> Map.entry(name(file), process)))
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the recorded processes that still run: TERM to all, then KILL to those alive after the
   * grace period.
   *
   * @return their names
   */
  public List<String> endAll(Duration grace) {
    Map<String, ProcessHandle> alive = alive();
    alive.values().forEach(ProcessHandle::destroy);
    awaitExit(alive, grace);
    alive.values().forEach(ProcessHandle::destroyForcibly);
    awaitExit(alive, Duration.ofSeconds(5));
    alive.keySet().forEach(this::forget);
    return List.copyOf(alive.keySet());
  }

  private static void awaitExit(Map<String, ProcessHandle> processes, Duration bound) {
    CompletableFuture<?>[] exits =
        processes.values().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // The caller's next step is for those that are left.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static Optional<ProcessHandle> read(Path file) {
    try {
      return ProcessIdentity.parse(Files.readString(file)).flatMap(ProcessIdentity::find);
    } catch (IOException e) {
      return Optional.empty(); // Forgotten by another thread between listing and reading.
    }
  }
}
