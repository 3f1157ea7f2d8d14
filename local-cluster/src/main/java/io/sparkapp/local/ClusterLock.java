package io.sparkapp.local;

import io.sparkapp.local.controlplane.ClusterException;
import io.sparkapp.local.controlplane.PrivateFile;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to run the one cluster of a state directory; the system takes it back from the dead.
 *
 * <p>Who has it stands in a file of its own: a process that opens a locked file and closes it again
 * loses its lock (POSIX).
 */
final class ClusterLock implements AutoCloseable {
  private static final String LOCK = "cluster.lock";
  private static final String HOLDER = "cluster.pid";

  private final FileChannel channel;
  private final Optional<Path> holderFile;

  private ClusterLock(FileChannel channel, Optional<Path> holderFile) {
    this.channel = channel;
    this.holderFile = holderFile;
  }

  /**
   * @throws ClusterException when another process, or this one, has it
   */
  static ClusterLock acquire(Path stateDirectory) {
    boolean ours = holder(stateDirectory).filter(ProcessHandle.current()::equals).isPresent();
    if (!ours) {
      FileChannel channel = open(stateDirectory.resolve(LOCK));
      if (tryLock(channel)) {
        Path holderFile = stateDirectory.resolve(HOLDER);
        PrivateFile.write(holderFile, ProcessIdentity.ofThisProcess().toText());
        return new ClusterLock(channel, Optional.of(holderFile));
      }
    }
    throw new ClusterException(
        "A local cluster is running or starting in %s already; end it with sparkapp local down, or set SPARKAPP_LOCAL_DIR to another directory."
            .formatted(stateDirectory));
  }

  private static boolean tryLock(FileChannel channel) {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      return locked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!locked) {
        close(channel);
      }
    }
  }

  /** The living process that has the cluster of a state directory, ready or not. */
  static Optional<ProcessHandle> holder(Path stateDirectory) {
    try {
      return ProcessIdentity.parse(Files.readString(stateDirectory.resolve(HOLDER)))
          .flatMap(ProcessIdentity::find);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ClusterException("Cannot read %s: %s.".formatted(stateDirectory, e), e);
    }
  }

  /** Waits for a turn: two that start a cluster at the same time go one after the other. */
  static ClusterLock awaitTurn(Path stateDirectory) {
    FileChannel channel = open(stateDirectory.resolve("up.lock"));
    try {
      channel.lock();
      return new ClusterLock(channel, Optional.empty());
    } catch (IOException e) {
      close(channel);
      throw new ClusterException("Cannot lock %s: %s.".formatted(stateDirectory, e), e);
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ClusterException(
          "Cannot write %s: %s; make it writable or set SPARKAPP_LOCAL_DIR.".formatted(file, e), e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (holderFile.isPresent()) {
        Files.deleteIfExists(holderFile.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      close(channel);
    }
  }
}
