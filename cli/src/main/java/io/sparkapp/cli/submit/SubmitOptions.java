package io.sparkapp.cli.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of spark-submit 4.1, with its names and meanings. */
public final class SubmitOptions {

  /** Where the driver runs, in spark-submit's words. */
  public enum DeployMode {
    client,
    cluster
  }

  private static final String LIST = "LIST";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "APP",
      description =
          "The application's jar, or a Python, R or SQL file: local:///path in the image, or an address.")
  String resource;

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      description = "The application's own arguments.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class whose main is called (Java, Scala).")
  String mainClass;

  @Option(names = "--name", paramLabel = "NAME", description = "The application's name.")
  String name;

  @Option(
      names = {"-c", "--conf"},
      paramLabel = "PROP=VALUE",
      description = "A Spark property; those that have a field in a SparkApp become that field.")
  List<String> conf = new ArrayList<>();

  @Option(
      names = "--properties-file",
      paramLabel = "FILE",
      description = "A file with Spark properties.")
  String propertiesFile;

  @Option(
      names = "--load-spark-defaults",
      description = "Read spark-defaults.conf of SPARK_CONF_DIR or SPARK_HOME too.")
  boolean loadSparkDefaults;

  @Option(
      names = "--jars",
      paramLabel = LIST,
      description = "Jars for the class path of driver and executors.")
  String jars;

  @Option(
      names = "--packages",
      paramLabel = LIST,
      description = "Maven coordinates, group:artifact:version.")
  String packages;

  @Option(
      names = "--exclude-packages",
      paramLabel = LIST,
      description = "What to leave out of them, group:artifact.")
  String excludePackages;

  @Option(names = "--repositories", paramLabel = LIST, description = "Further Maven repositories.")
  String repositories;

  @Option(names = "--py-files", paramLabel = LIST, description = "Python files, .zip, .egg or .py.")
  String pyFiles;

  @Option(names = "--files", paramLabel = LIST, description = "Files for the working directory.")
  String files;

  @Option(
      names = "--archives",
      paramLabel = LIST,
      description = "Archives unpacked in the working directory.")
  String archives;

  @Option(names = "--driver-memory", paramLabel = "MEM", description = "The driver's heap, as 2g.")
  String driverMemory;

  @Option(names = "--driver-cores", paramLabel = "NUM", description = "The driver's cores.")
  String driverCores;

  @Option(
      names = "--driver-java-options",
      paramLabel = "OPTIONS",
      description = "More options of the driver's JVM.")
  String driverJavaOptions;

  @Option(
      names = "--driver-library-path",
      paramLabel = "PATH",
      description = "The driver's LD_LIBRARY_PATH.")
  String driverLibraryPath;

  @Option(
      names = {"--driver-class-path", "--driver-default-class-path"},
      paramLabel = "PATH",
      description = "More of the driver's class path.")
  String driverClassPath;

  @Option(
      names = "--executor-memory",
      paramLabel = "MEM",
      description = "An executor's heap, as 2g.")
  String executorMemory;

  @Option(
      names = "--executor-cores",
      paramLabel = "NUM",
      description = "Tasks at once in one executor.")
  String executorCores;

  @Option(names = "--num-executors", paramLabel = "NUM", description = "How many executors.")
  String numExecutors;

  @Option(
      names = "--total-executor-cores",
      paramLabel = "NUM",
      description = "Cores of all executors; becomes a number of executors.")
  String totalExecutorCores;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "The queue that admits it.")
  String queue;

  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      description = "cluster, in a pod (the default), or client, on this machine.")
  DeployMode deployMode;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "sparkapp://NAMESPACE; of another one you are told what becomes of it.")
  String master;

  @Option(names = "--proxy-user", paramLabel = "USER", description = "On whose behalf it runs.")
  String proxyUser;

  @Option(names = "--supervise", description = "Try again when the driver fails.")
  boolean supervise;

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "Refused, with what to do instead.")
  String principal;

  @Option(
      names = "--keytab",
      paramLabel = "FILE",
      description = "Refused, with what to do instead.")
  String keytab;

  @Option(
      names = "--remote",
      paramLabel = "URL",
      description = "Refused: a Spark Connect client needs no cluster.")
  String remote;

  @Option(names = "--kill", paramLabel = "NAME", description = "Refused: sparkapp kill NAME.")
  String kill;

  @Option(names = "--status", paramLabel = "NAME", description = "Refused: sparkapp status NAME.")
  String status;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what was read, and what became of it.")
  boolean verbose;

  @Option(names = "--usage-error", hidden = true)
  boolean usageError;

  /** Where the driver is to run; null when nobody said. */
  public DeployMode deployMode() {
    return deployMode;
  }

  /** Whether to say more. */
  public boolean verbose() {
    return verbose;
  }

  /** Which property each option sets, for those that set one. */
  static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("spark.app.name", "--name");
    names.put("spark.jars", "--jars");
    names.put("spark.jars.packages", "--packages");
    names.put("spark.jars.excludes", "--exclude-packages");
    names.put("spark.jars.repositories", "--repositories");
    names.put("spark.submit.pyFiles", "--py-files");
    names.put("spark.files", "--files");
    names.put("spark.archives", "--archives");
    names.put("spark.driver.memory", "--driver-memory");
    names.put("spark.driver.cores", "--driver-cores");
    names.put("spark.driver.extraJavaOptions", "--driver-java-options");
    names.put("spark.driver.extraLibraryPath", "--driver-library-path");
    names.put("spark.driver.extraClassPath", "--driver-class-path");
    names.put("spark.executor.memory", "--executor-memory");
    names.put("spark.executor.cores", "--executor-cores");
    names.put("spark.executor.instances", "--num-executors");
    names.put("spark.cores.max", "--total-executor-cores");
    names.put("spark.sparkapp.queue", "--queue");
    names.put("spark.driver.supervise", "--supervise");
    names.put("spark.kerberos.principal", "--principal");
    names.put("spark.kerberos.keytab", "--keytab");
    names.put("spark.master", "--master");
    return names;
  }

  /** What the options themselves say, as properties. */
  Map<String, String> asProperties() {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("spark.app.name", name);
    said.put("spark.jars", jars);
    said.put("spark.jars.packages", packages);
    said.put("spark.jars.excludes", excludePackages);
    said.put("spark.jars.repositories", repositories);
    said.put("spark.submit.pyFiles", pyFiles);
    said.put("spark.files", files);
    said.put("spark.archives", archives);
    said.put("spark.driver.memory", driverMemory);
    said.put("spark.driver.cores", driverCores);
    said.put("spark.driver.extraJavaOptions", driverJavaOptions);
    said.put("spark.driver.extraLibraryPath", driverLibraryPath);
    said.put("spark.driver.extraClassPath", driverClassPath);
    said.put("spark.executor.memory", executorMemory);
    said.put("spark.executor.cores", executorCores);
    said.put("spark.executor.instances", numExecutors);
    said.put("spark.cores.max", totalExecutorCores);
    said.put("spark.sparkapp.queue", queue);
    said.put("spark.driver.supervise", supervise ? "true" : null);
    said.put("spark.kerberos.principal", principal);
    said.put("spark.kerberos.keytab", keytab);
    said.put("spark.master", master);
    said.values().removeIf(java.util.Objects::isNull);
    return said;
  }
}
