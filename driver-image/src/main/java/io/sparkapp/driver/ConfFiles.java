package io.sparkapp.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Properties from ConfigMaps and Secrets, which a kubelet has mounted as folders with a file for
 * each key. A key is a property's name, or that of a file with many: {@code spark-defaults.conf},
 * {@code core-site.xml}.
 */
final class ConfFiles {

  private static final String HADOOP = "spark.hadoop.";

  /**
   * What is read before there is a driver; in a file that only the driver reads it comes too late.
   */
  private static final List<String> TOO_LATE =
      List.of(
          "spark.driver.memory",
          "spark.driver.extraJavaOptions",
          "spark.driver.extraClassPath",
          "spark.executor.extraJavaOptions",
          "spark.executor.extraClassPath");

  /** Without these the operator makes pods that the driver's properties do not fit. */
  private static final List<String> PODS_ARE_MADE_OF =
      List.of(
          "spark.memory.offHeap.",
          "spark.executor.pyspark.memory",
          "spark.executor.resource.",
          "spark.driver.resource.",
          "spark.executor.memoryOverheadFactor",
          "spark.executor.minMemoryOverhead",
          "spark.executorEnv.",
          "spark.connect.grpc.binding.port",
          "spark.shuffle.sort.io.plugin.class");

  private ConfFiles() {}

  /**
   * What the folders say; later ones win.
   *
   * @param spark folders with Spark's properties, separated by colons
   * @param hadoop folders with Hadoop's properties, likewise
   * @throws ProgramNotFoundException when one of the files can not be read
   */
  static Map<String, String> read(String spark, String hadoop) {
    Map<String, String> properties = new TreeMap<>();
    for (Path file : files(hadoop)) {
      hadoop(file).forEach((key, value) -> properties.put(HADOOP + key, value));
    }
    for (Path file : files(spark)) {
      properties.putAll(spark(file));
    }
    properties.keySet().stream()
        .filter(key -> PODS_ARE_MADE_OF.stream().anyMatch(key::startsWith))
        .findFirst()
        .ifPresent(
            key -> {
              throw new ProgramNotFoundException(
                  key
                      + " comes too late in sparkConfFrom, for pods are made of it before that is"
                      + " read: set it in spec.sparkConf.");
            });
    TOO_LATE.stream()
        .filter(properties::containsKey)
        .forEach(
            key ->
                System.err.println(
                    key + " has no effect in sparkConfFrom: set it in spec.sparkConf."));
    return properties;
  }

  private static Map<String, String> spark(Path file) {
    String name = file.getFileName().toString();
    Map<String, String> properties = new TreeMap<>();
    if (name.endsWith(".conf") || name.endsWith(".properties")) {
      properties(file)
          .forEach((key, value) -> properties.put(key.toString(), value.toString().strip()));
    } else {
      properties.put(name, text(file).strip());
    }
    properties.keySet().removeIf(key -> !key.startsWith("spark."));
    return properties;
  }

  private static Map<String, String> hadoop(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".xml")) {
      return Map.of(name, text(file).strip());
    }
    Map<String, String> properties = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      Configuration configuration = new Configuration(false);
      configuration.addResource(in, name);
      configuration.forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, e);
    }
    return properties;
  }

  private static Properties properties(Path file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
    return properties;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ProgramNotFoundException unreadable(Path file, Exception e) {
    String words = e.getMessage() == null ? e.toString() : Failure.firstLine(e.getMessage());
    return new ProgramNotFoundException(
        file.getFileName() + " of sparkConfFrom or hadoopConfFrom can not be read: " + words + ".",
        e);
  }

  /** A kubelet keeps versions in folders whose names begin with dots. */
  private static List<Path> files(String folders) {
    return Arrays.stream(folders.split(":"))
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> list(Path.of(folder)).stream())
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }
}
