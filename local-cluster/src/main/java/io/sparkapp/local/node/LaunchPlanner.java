package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Container;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a container's command, arguments and environment into a process of the machine.
 *
 * @param inherited the few variables that a process gets from the machine; {@code PATH} among them
 * @param java the machine's {@code java}, which is every image's
 * @param executable whether a file is there and can be executed
 */
record LaunchPlanner(Map<String, String> inherited, Path java, Predicate<Path> executable) {
  private static final List<String> INHERITED =
      List.of("PATH", "JAVA_HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ");
  private static final List<String> IMAGE_PATH = List.of("usr/local/bin", "usr/bin", "bin");

  /** Plans with the {@code java} that runs the agent. */
  static LaunchPlanner ofThisMachine() {
    Map<String, String> inherited =
        System.getenv().entrySet().stream()
            .filter(variable -> INHERITED.contains(variable.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new LaunchPlanner(
        inherited, Path.of(System.getProperty("java.home"), "bin", "java"), Files::isExecutable);
  }

  /** What a container is given beside its spec. */
  record Surroundings(
      Image image, Map<String, Path> mounts, PodDirectory directory, String podName, String podIp) {

    PathMapping mapping(Container container) {
      Map<String, Path> own = new LinkedHashMap<>(image.paths());
      own.put(terminationMessagePath(container), directory.terminationLog(container.getName()));
      return PathMapping.of(own).plus(mounts);
    }
  }

  /**
   * @param variables the resolved environment, with the container's paths
   * @throws CommandNotFoundException if there is no such command, or none at all
   */
  Launch plan(Container container, Map<String, String> variables, Surroundings surroundings) {
    PathMapping mapping = surroundings.mapping(container);
    Optional<Path> temporary = Optional.ofNullable(surroundings.mounts().get("/tmp"));
    Path root = surroundings.directory().containerRoot(container.getName());
    Map<String, String> environment = new LinkedHashMap<>(inherited);
    environment.put("HOME", root.toString());
    environment.put("HOSTNAME", surroundings.podName());
    // All pods share the machine's network: without it Spark's web UI would listen everywhere.
    environment.put("SPARK_LOCAL_IP", surroundings.podIp());
    temporary.ifPresent(path -> environment.put("TMPDIR", path.toString()));
    variables.forEach((name, value) -> environment.put(name, mapping.map(value)));

    List<String> words =
        Stream.concat(orEmpty(container.getCommand()), orEmpty(container.getArgs()))
            .map(word -> mapping.map(VariableExpansion.expand(word, variables)))
            .toList();
    if (container.getCommand() == null || container.getCommand().isEmpty()) {
      throw new CommandNotFoundException(
          "no command specified; images on this node have no entry point, set the container's command");
    }
    Path workingDirectory = workingDirectory(container, mapping, root);
    return new Launch(
        command(words, temporary, surroundings.image(), environment, workingDirectory),
        environment,
        workingDirectory);
  }

  static String terminationMessagePath(Container container) {
    String path = container.getTerminationMessagePath();
    return path == null || path.isEmpty() ? "/dev/termination-log" : path;
  }

  private static Path workingDirectory(Container container, PathMapping mapping, Path root) {
    String wanted = container.getWorkingDir();
    if (wanted == null || wanted.isEmpty()) {
      return root;
    }
    return mapping
        .resolve(wanted)
        .orElseGet(() -> root.resolve(Path.of("/").relativize(Path.of("/", wanted).normalize())));
  }

  private List<String> command(
      List<String> words,
      Optional<Path> temporary,
      Image image,
      Map<String, String> environment,
      Path workingDirectory) {
    List<String> command = new ArrayList<>(words);
    if (words.get(0).equals("java")) {
      command.set(0, java.toString());
      // Java doesn't look at TMPDIR.
      temporary.ifPresent(path -> command.add(1, "-Djava.io.tmpdir=" + path));
    } else {
      command.set(0, find(words.get(0), image, environment, workingDirectory).toString());
    }
    return command;
  }

  private Path find(
      String name, Image image, Map<String, String> environment, Path workingDirectory) {
    Stream<Path> candidates =
        name.contains("/")
            ? Stream.of(workingDirectory.resolve(name))
            : Stream.concat(
                    IMAGE_PATH.stream().map(image.root()::resolve),
                    Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(directory -> !directory.isEmpty())
                        .map(Path::of))
                .map(directory -> directory.resolve(name));
    return candidates
        .filter(executable)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandNotFoundException(
                    "exec: \"%s\": executable file not found in $PATH".formatted(name)));
  }

  private static Stream<String> orEmpty(List<String> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}
