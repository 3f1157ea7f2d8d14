package io.sparkapp.e2e;

import java.util.List;
import java.util.stream.Collectors;

/** An application that runs one of the project's own example programs. */
final class ExampleProgram {

  private ExampleProgram() {}

  /** Its manifest. */
  static String manifest(String name, String mainClass, List<String> args, int executors) {
    return """
        apiVersion: sparkapp.io/v1alpha1
        kind: SparkApp
        metadata: {name: %s}
        spec:
          main:
            jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
            class: io.sparkapp.examples.%s
            args: [%s]
          driver: {memory: 1g}
          executor: {instances: %d, memory: 1g}
        """
        .formatted(
            name,
            mainClass,
            args.stream().map(arg -> '"' + arg + '"').collect(Collectors.joining(", ")),
            executors);
  }
}
