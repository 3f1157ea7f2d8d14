package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A driver and its executors as processes. It plays the operator: executors are started as the
 * driver asks for them, and their ends are reported.
 */
final class SparkProcesses implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_RUN_SECONDS = 300;
  private static final int LIMITLESS = Integer.MAX_VALUE;

  private final Path directory;
  private final FakeApiServer apiServer;
  private final Map<Integer, Process> executors = new TreeMap<>();
  private final Map<Integer, Integer> profiles = new TreeMap<>();
  private final Path driverAddress;
  private final int driverPort;
  private int sequence;

  /** How many executors of the default ResourceProfile its queue leaves the application. */
  private int queueLeaves = LIMITLESS;

  private long liveWhenNothingWasWanted = -1;
  private Process driver;

  SparkProcesses(Path directory) throws Exception {
    this.directory = directory;
    this.driverAddress = directory.resolve("driver-address");
    Files.writeString(driverAddress, "");
    this.driverPort = FreePort.find();
    this.apiServer = FakeApiServer.start(directory, this::asked);
  }

  FakeApiServer apiServer() {
    return apiServer;
  }

  /** Starts executors before there is a driver that could ask for them. */
  SparkProcesses startExecutorsEarly(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      startExecutor(0, 1);
    }
    return this;
  }

  SparkProcesses startDriver(Class<?> main, Map<String, String> conf, String... arguments)
      throws IOException {
    return startDriver(main.getName(), conf, arguments);
  }

  SparkProcesses startDriver(String main, Map<String, String> conf, String... arguments)
      throws IOException {
    return startDriverFrom("local://" + directory.toAbsolutePath(), main, conf, arguments);
  }

  /** The same with a jar that is not in the image. */
  SparkProcesses startDriverFrom(
      String jar, String main, Map<String, String> conf, String... arguments) throws IOException {
    return startProgram(Map.of("jar", jar, "class", main), conf, arguments);
  }

  /** Starts any kind of program. */
  SparkProcesses startProgram(
      Map<String, String> program, Map<String, String> conf, String... arguments)
      throws IOException {
    Map<String, String> all = new TreeMap<>(conf);
    all.put("spark.master", "sparkapp://jobs/app");
    all.put("spark.app.name", "app");
    all.put("spark.app.id", "app-1");
    all.put("spark.driver.port", Integer.toString(driverPort));
    all.put("spark.network.crypto.enabled", "true");
    all.put("spark.executor.cores", "1");
    all.put("spark.executor.memory", "512m");
    all.putIfAbsent("spark.ui.enabled", "false");
    ProcessBuilder builder =
        java("driver", "io.sparkapp.driver.DriverLauncher", List.of(arguments));
    builder.environment().put("SPARKAPP_NAMESPACE", "jobs");
    builder.environment().put("SPARKAPP_REQUEST", "app-1");
    builder.environment().put("SPARKAPP_ATTEMPT", "1");
    builder.environment().put("SPARKAPP_POD_IP", "127.0.0.1");
    builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServer.port()));
    builder.environment().put("SPARKAPP_SERVICE_ACCOUNT_DIR", directory.toString());
    builder.environment().put("SPARKAPP_MAIN", JSON.writeValueAsString(program));
    builder.environment().put("SPARKAPP_CONF", JSON.writeValueAsString(all));
    driver = builder.start();
    Files.writeString(driverAddress, "127.0.0.1:" + driverPort);
    return this;
  }

  /** Tasks have slept enough: those that are left do not any more. */
  void wake() throws IOException {
    Files.writeString(directory.resolve(Programs.AWAKE), "");
  }

  /** Waits for the driver's end. */
  int driverEnds() throws InterruptedException {
    if (!driver.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The driver does not end; it said: " + output());
    }
    return driver.exitValue();
  }

  /** Tells the driver to stop, as a kubelet does. */
  void terminateDriver() {
    driver.destroy();
  }

  /** Waits for an executor's own end. */
  int executorEnds(int id) throws InterruptedException {
    Process executor;
    synchronized (this) {
      executor = executors.get(id);
    }
    if (!executor.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Executor " + id + " does not end.");
    }
    return executor.exitValue();
  }

  /** How many executors ran when the driver first said that it wanted none. */
  synchronized long liveWhenNothingWasWanted() {
    return liveWhenNothingWasWanted;
  }

  String output() {
    return read("driver.log");
  }

  /** The stages that the driver told of: id, parents, state and tasks of each. */
  List<String> graph() {
    List<String> stages = new ArrayList<>();
    for (JsonNode node : apiServer.spec().at("/progress/graph")) {
      stages.add(
          "%s %s %s %s"
              .formatted(
                  node.path("stage"),
                  node.path("parents"),
                  node.path("state").asText(),
                  node.path("tasks")));
    }
    return stages;
  }

  JsonNode lastWords() throws IOException {
    return JSON.readTree(read("driver.words"));
  }

  /** Kills an executor as {@code kill -9} does; nobody reports it yet. */
  synchronized void kill(int id) {
    executors.get(id).destroyForcibly();
  }

  /** Reports a killed executor as an operator would. */
  synchronized void reportKilled(int id) {
    apiServer.ended(++sequence, Integer.toString(id), 137, "Killed", false);
  }

  /** Reports an executor that has left on its own. */
  synchronized void reportCompleted(int id) {
    apiServer.ended(++sequence, Integer.toString(id), 0, "Completed", false);
  }

  /** The queue takes executors back but {@code total}, and grants no more than these. */
  synchronized void takeBackBut(int total) {
    queueLeaves = total;
    apiServer.reclaim(total);
  }

  /** The queue takes none back any more: what is asked for is granted again. */
  synchronized void takeNothingBack() {
    queueLeaves = LIMITLESS;
    apiServer.reclaimNothing();
    asked(apiServer.spec());
  }

  synchronized int startedExecutors() {
    return executors.size();
  }

  /** Executors whose process has not ended. */
  synchronized long liveExecutors() {
    return executors.values().stream().filter(Process::isAlive).count();
  }

  /** Ids of executors whose process has ended. */
  synchronized List<Integer> goneExecutors() {
    return executors.entrySet().stream()
        .filter(executor -> !executor.getValue().isAlive())
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized List<Integer> profilesOfExecutors() {
    return List.copyOf(profiles.values());
  }

  private synchronized void asked(JsonNode spec) {
    boolean wantsAny = false;
    for (JsonNode ask : spec.path("asks")) {
      wantsAny |= ask.path("total").asInt() > 0;
      int profile = ask.path("profile").asInt();
      long live =
          profiles.entrySet().stream()
              .filter(entry -> entry.getValue() == profile)
              .filter(entry -> executors.get(entry.getKey()).isAlive())
              .count();
      int granted = Math.min(ask.path("total").asInt(), profile == 0 ? queueLeaves : LIMITLESS);
      for (long missing = granted - live; missing > 0; missing--) {
        try {
          startExecutor(profile, ask.path("cores").asInt());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    if (!wantsAny && liveWhenNothingWasWanted < 0) {
      liveWhenNothingWasWanted = executors.values().stream().filter(Process::isAlive).count();
    }
  }

  /** Each has one of its own, as pods have. */
  static String address(int executor) {
    return "127.0.1." + executor;
  }

  /** Two share one. */
  static String node(int executor) {
    return "node-" + (executor + 1) / 2;
  }

  private synchronized void startExecutor(int profile, int cores) throws IOException {
    int id = executors.size() + 1;
    ProcessBuilder builder =
        java("executor-" + id, "io.sparkapp.executor.ExecutorLauncher", List.of());
    builder.environment().put("SPARKAPP_APPLICATION_ID", "app-1");
    builder.environment().put("SPARKAPP_EXECUTOR_ID", Integer.toString(id));
    builder.environment().put("SPARKAPP_EXECUTOR_CORES", Integer.toString(cores));
    builder.environment().put("SPARKAPP_RESOURCE_PROFILE", Integer.toString(profile));
    builder.environment().put("SPARKAPP_POD_IP", address(id));
    builder.environment().put("SPARKAPP_DRIVER_ADDRESS_FILE", driverAddress.toString());
    builder.environment().put("SPARKAPP_DRIVER_WAIT", "PT1M");
    builder.environment().put("SPARK_EXECUTOR_ATTRIBUTE_NODE_NAME", node(id));
    builder
        .environment()
        .put(
            "SPARKAPP_EXECUTOR_CONF",
            "{\"spark.authenticate\": \"true\", \"spark.network.crypto.enabled\": \"true\"}");
    executors.put(id, builder.start());
    profiles.put(id, profile);
  }

  private ProcessBuilder java(String name, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(directory.resolve(name + "-work")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().put("_SPARK_AUTH_SECRET", "a secret of the test");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", directory.resolve(name).toString());
    builder
        .environment()
        .put("SPARKAPP_TERMINATION_LOG", directory.resolve(name + ".words").toString());
    return builder;
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public synchronized void close() {
    if (driver != null) {
      driver.destroyForcibly();
    }
    executors.values().forEach(Process::destroyForcibly);
    apiServer.close();
  }
}
