package io.sparkapp.local.node;

import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Ends the pod processes that outlived an agent which was killed; these and no others. */
final class Leftovers {
  private Leftovers() {}

  static void end(Path pods) {
    PodDirectory.allIn(pods).stream()
        .flatMap(pod -> pod.processes().stream())
        .flatMap(record -> find(record).stream())
        .forEach(first -> ProcessTree.of(first).forEach(ProcessHandle::destroyForcibly));
  }

  private static Optional<ProcessHandle> find(Path record) {
    try {
      return ProcessIdentity.parse(Files.readString(record)).flatMap(ProcessIdentity::find);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
