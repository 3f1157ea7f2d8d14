package io.sparkapp.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command line of the background process: this JVM's program and class path, in a session of
 * its own, so that neither Ctrl-C nor the end of the terminal reaches it.
 *
 * @param setsid the program of that name, where there is one
 */
record DaemonCommand(Path javaHome, String classPath, Optional<Path> setsid) {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx512m",
          "-Dlogback.configurationFile=io/sparkapp/local/daemon-logback.xml");

  static DaemonCommand ofThisJvm() {
    Optional<Path> setsid =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, "setsid"))
            .filter(java.nio.file.Files::isExecutable)
            .findFirst();
    return new DaemonCommand(
        Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"), setsid);
  }

  List<String> toCommand(Path optionsFile) {
    List<String> command = new ArrayList<>();
    if (setsid.isPresent()) {
      command.add(setsid.get().toString());
    } else {
      // A JVM started with these signals ignored keeps ignoring them.
      command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
    }
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-cp", absoluteClassPath(), LocalClusterMain.class.getName()));
    command.add(optionsFile.toString());
    return command;
  }

  private String absoluteClassPath() {
    return Arrays.stream(classPath.split(java.io.File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }
}
