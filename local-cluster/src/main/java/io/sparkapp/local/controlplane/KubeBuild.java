package io.sparkapp.local.controlplane;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Builds kube-apiserver, etcd and kubectl from Go modules into the cache: some minutes, once per
 * Kubernetes version. Two builds at the same time wait for each other by a file lock; what appears
 * in the cache is complete or not there.
 */
final class KubeBuild {
  private static final Duration LINE_EVERY = Duration.ofSeconds(20);
  private static final Duration BOUND = Duration.ofMinutes(45);

  private final Path go;
  private final KubeSource source;
  private final Path cache;

  KubeBuild(Path go, KubeSource source, Path cache) {
    this.go = go;
    this.source = source;
    this.cache = cache;
  }

  KubeBinaries run(Consumer<String> progress) {
    // A file lock is held by a JVM, not by a thread: within one JVM the class is the lock.
    synchronized (KubeBuild.class) {
      return runAlone(progress);
    }
  }

  private KubeBinaries runAlone(Consumer<String> progress) {
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
          FileChannel.open(
              cache.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        awaitLock(channel, progress);
        Optional<KubeBinaries> builtMeanwhile = KubeBinaries.in(target());
        return builtMeanwhile.isPresent() ? builtMeanwhile.get() : build(progress);
      }
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot build kube-apiserver and etcd below %s: %s; make the directory writable or set"
                  .formatted(cache, e)
              + " SPARKAPP_CACHE_DIR to another one.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("The build of kube-apiserver and etcd was interrupted.", e);
    }
  }

  private Path target() {
    return cache.resolve(source.version());
  }

  /** The lock is given back when the channel is closed. */
  private static void awaitLock(FileChannel channel, Consumer<String> progress) throws IOException {
    if (channel.tryLock() == null) {
      progress.accept("waiting for another build of kube-apiserver and etcd to end");
      channel.lock();
    }
  }

  private KubeBinaries build(Consumer<String> progress) throws IOException, InterruptedException {
    Path workspace = Files.createTempDirectory(cache, "build-");
    Path log = cache.resolve("build.log");
    try {
      source.writeTo(workspace.resolve("source"));
      Path programs = Files.createDirectory(workspace.resolve("programs"));
      compile(workspace.resolve("source"), programs.resolve("kube-build"), log, progress);
      for (String name : List.of("kube-apiserver", "etcd", "kubectl")) {
        Files.createSymbolicLink(programs.resolve(name), Path.of("kube-build"));
      }
      DirectoryTree.delete(target());
      Files.move(programs, target(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.delete(workspace);
    }
    return KubeBinaries.in(target())
        .orElseThrow(() -> new ClusterException("The build left no programs in " + target() + "."));
  }

  private void compile(Path directory, Path program, Path log, Consumer<String> progress)
      throws IOException, InterruptedException {
    Instant started = Instant.now();
    Process process = start(directory, program, log);
    Thread endWithUs = new Thread(process::destroy, "end-go-build");
    Runtime.getRuntime().addShutdownHook(endWithUs);
    try {
      do {
        progress.accept(
            "building kube-apiserver and etcd from Go modules, %s ..., once only (log: %s)"
                .formatted(elapsed(started), log));
      } while (!process.waitFor(LINE_EVERY.toSeconds(), TimeUnit.SECONDS)
          && Duration.between(started, Instant.now()).compareTo(BOUND) < 0);
    } finally {
      process.destroy();
      removeHook(endWithUs);
    }
    if (process.isAlive() || process.exitValue() != 0) {
      throw new ClusterException(
          "Building kube-apiserver and etcd with %s failed, log %s ends with: %s. It needs Go 1.25 or later and a Go module proxy (GOPROXY); or point KUBEBUILDER_ASSETS to a directory that has both."
              .formatted(go, log, LogTail.of(log, 0).lines(4)));
    }
    progress.accept("built kube-apiserver and etcd in " + elapsed(started));
  }

  private Process start(Path directory, Path program, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                go.toString(),
                "build",
                "-mod=readonly",
                "-buildvcs=false",
                "-trimpath",
                "-tags=netgo,osusergo,grpcnotrace",
                "-ldflags=" + source.linkerFlags(),
                "-o",
                program.toString(),
                ".")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(Map.of("CGO_ENABLED", "0", "GOWORK", "off"));
    return builder.start();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already: the hook is what ends the build.
      return;
    }
  }

  /** Time since an instant as people write it: {@code 2m10s}. */
  static String elapsed(Instant since) {
    Duration duration = Duration.between(since, Instant.now());
    return duration.toMinutes() == 0
        ? duration.toSeconds() + "s"
        : "%dm%02ds".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
