package io.sparkapp.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The files that the pages name, in a directory that looks like this checkout.
 *
 * @param root the checkout
 * @param directory where one types
 */
record DocFiles(Path root, Path directory) {

  /** Manifests of other operators, and where the pages say that they lie. */
  private static final Map<String, String> OF_OTHERS =
      Map.of(
          "spark-pi.yaml", "kubeflow-java.yaml",
          "app.yaml", "kubeflow-java.yaml",
          "jobs.yaml", "kubeflow-python.yaml",
          "nightly.sh", "submit-yarn.sh",
          "old/pi.yaml", "apache-pi.yaml");

  private static final String FLIGHTS_JAVA =
      """
      package io.acme;
      public final class Flights {
        public static void main(String[] args) {
          System.out.println("flights of " + args[0]);
        }
      }
      """;

  /** What applications, queues and schedules the pages name, and how another operator's look. */
  private static final String CLUSTER =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkQueue
      metadata: {name: analytics}
      spec: {guaranteed: {cpu: 2}}
      ---
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkQueue
      metadata: {name: nightly}
      spec: {weight: 1}
      ---
      apiVersion: scheduling.k8s.io/v1
      kind: PriorityClass
      metadata: {name: urgent}
      value: 1000
      ---
      apiVersion: sparkapp.io/v1alpha1
      kind: ScheduledSparkApp
      metadata: {name: nightly}
      spec:
        schedule: "0 2 1 1 *"
        template:
          main: {sqlText: SELECT 1}
          driver: {cpuRequest: 100m}
          executor: {instances: 0}
      ---
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkApp
      metadata: {name: delays}
      spec:
        suspend: true
        main: {sqlText: SELECT 1}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: viewer, namespace: etl}
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: sparkapplications.sparkoperator.k8s.io
        annotations: {api-approved.kubernetes.io: "unapproved, only for a test"}
      spec:
        group: sparkoperator.k8s.io
        names: {kind: SparkApplication, plural: sparkapplications}
        scope: Namespaced
        versions:
        - name: v1beta2
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;

  /** Links all of the checkout, and writes the rest. */
  void write() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(directory.resolve(file.getFileName()), file);
      }
    }
    Files.createDirectories(directory.resolve("old"));
    for (Map.Entry<String, String> file : OF_OTHERS.entrySet()) {
      Files.copy(
          root.resolve("cli/src/test/resources/convert/in").resolve(file.getValue()),
          directory.resolve(file.getKey()),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(directory.resolve("cluster.yaml"), CLUSTER);
    Files.writeString(directory.resolve("flights.py"), "print('flights')\n");
    jar(directory.resolve("lib.zip"), "lib.py", "# nothing\n".getBytes(StandardCharsets.UTF_8));
    jar(directory.resolve("flights.jar"), "io/acme/Flights.class", compiled());
  }

  private byte[] compiled() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      List<String> options = List.of("-d", directory.toString(), "--release", "17");
      if (!compiler.getTask(null, files, null, options, null, List.of(source())).call()) {
        throw new IllegalStateException("Flights does not compile");
      }
    }
    return Files.readAllBytes(directory.resolve("io/acme/Flights.class"));
  }

  private static JavaFileObject source() {
    return new SimpleJavaFileObject(
        URI.create("string:///io/acme/Flights.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return FLIGHTS_JAVA;
      }
    };
  }

  private static void jar(Path file, String entry, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.write(content);
      jar.closeEntry();
    }
  }
}
