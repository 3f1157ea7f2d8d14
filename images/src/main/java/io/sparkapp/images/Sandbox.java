package io.sparkapp.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of an image on the unpacked image, by Linux namespaces of the user who builds: no
 * root, no daemon. The network is the machine's.
 */
final class Sandbox {

  /** The image's /proc and /dev are the machine's: the dynamic linker and the JVM look there. */
  private static final String ENTER =
      "mount --rbind /proc \"$0/proc\" && mount --rbind /dev \"$0/dev\" && exec chroot \"$0\" \"$@\"";

  private final RootFileSystem root;

  Sandbox(RootFileSystem root) {
    this.root = root;
  }

  /** Why programs can not be run so on this machine; empty if they can. */
  static Optional<String> unavailable() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return Optional.of("it takes Linux");
    }
    try {
      Process process =
          new ProcessBuilder("unshare", "--map-root-user", "--mount", "true")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    } catch (IOException e) {
      return Optional.of("there is no unshare (package util-linux)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the build was interrupted");
    }
  }

  /**
   * Starts {@code java} of the image.
   *
   * @param environment besides the image's own
   * @param log gets what it prints
   */
  Process java(List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    for (String folder : List.of("proc", "dev", "tmp")) {
      Files.createDirectories(root.folder().resolve(folder));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                ENTER,
                root.folder().toAbsolutePath().toString(),
                executable("java")));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> outside = Map.copyOf(builder.environment());
    builder.environment().clear();
    builder.environment().putAll(root.environment());
    builder.environment().putAll(environment);
    // unshare, sh, mount and chroot are the machine's own, found on its own path.
    command.set(0, found(outside.getOrDefault("PATH", ""), "unshare"));
    command.set(3, "/bin/sh");
    builder
        .environment()
        .put("PATH", outside.getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    return builder.start();
  }

  /** Waits for a process; one that takes longer is ended. */
  static int exitCode(Process process, long atMostSeconds) throws IOException {
    try {
      if (!process.waitFor(atMostSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("A program of the image did not end within " + atMostSeconds + " s.");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("The build was interrupted.", e);
    }
  }

  private String executable(String name) throws IOException {
    for (String folder : root.environment().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
      Path inside = root.folder().resolve(folder.substring(1)).resolve(name);
      if (Files.isSymbolicLink(inside) || Files.isExecutable(inside)) {
        return folder + "/" + name;
      }
    }
    throw new IOException("The base image has no " + name + " on its PATH: name one with Java 17.");
  }

  private static String found(String path, String name) {
    for (String folder : path.split(":")) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    return name;
  }
}
