package io.sparkapp.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark Connect server: it serves clients until the driver is told to stop. Its classes are in
 * the image, or come as a package; so they are called by reflection.
 */
record ConnectProgram() implements MainProgram {

  /** A system property: where the server listens, once it does, as {@code sc://host:port}. */
  static final String LISTENS = "sparkapp.connect.address";

  private static final String SERVICE = "org.apache.spark.sql.connect.service.SparkConnectService";
  private static final String BIND_ADDRESS = "spark.connect.grpc.binding.address";
  private static final String HOST = "spark.driver.host";

  @Override
  public Optional<Location> file() {
    return Optional.empty();
  }

  @Override
  public Entry load(Dependencies dependencies) {
    Object service;
    Method start;
    try {
      Class<?> type = Class.forName(SERVICE + "$", true, dependencies.classLoader());
      service = type.getField("MODULE$").get(null);
      start = type.getMethod("start", SparkContext.class);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ProgramNotFoundException(
          "There is no Spark Connect server in the driver's image: set spec.image to one that has"
              + " spark-connect among Spark's jars, or add it to spec.dependencies.packages.",
          e);
    }
    return arguments -> serve(service, start);
  }

  @Override
  public String failure(Throwable thrown) {
    String words =
        thrown.getMessage() == null ? thrown.toString() : Failure.firstLine(thrown.getMessage());
    return "The Spark Connect server failed: " + words + ".";
  }

  @Override
  public String exit(int exitCode) {
    return "The Spark Connect server ended with exit code " + exitCode + ".";
  }

  private static void serve(Object service, Method start) throws Throwable {
    String host = System.getProperty(HOST, "localhost");
    if (sharesItsMachine(host)) {
      // In a network of its own it listens to all of that, kubectl port-forward included.
      System.getProperties().putIfAbsent(BIND_ADDRESS, host);
    }
    ClassicSession.tell();
    SparkSession spark = SparkSession.builder().getOrCreate();
    try {
      start.invoke(service, spark.sparkContext());
      Object port = service.getClass().getMethod("localPort").invoke(service);
      String address = "sc://" + host + ":" + port;
      System.setProperty(LISTENS, address);
      System.err.println("Spark Connect listens at " + address + ".");
      Method server = service.getClass().getMethod("server");
      server.getReturnType().getMethod("awaitTermination").invoke(server.invoke(service));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A pod of a local cluster is a process, with a loopback address that no other pod has. */
  private static boolean sharesItsMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
