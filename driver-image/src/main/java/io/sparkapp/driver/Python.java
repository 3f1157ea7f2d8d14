package io.sparkapp.driver;

/** Whether a Python program drives this JVM. */
final class Python {

  /** PySpark sets it for the JVM that it starts ({@code java_gateway.py}). */
  private static final String GATEWAY = "_PYSPARK_DRIVER_CONN_INFO_PATH";

  private Python() {}

  static boolean isAtWork() {
    return System.getenv(GATEWAY) != null
        || startedBySparkSubmit(System.getProperty("sun.java.command", ""));
  }

  /** {@code spark-submit app.py}: Spark's launcher starts Python, which calls back. */
  static boolean startedBySparkSubmit(String command) {
    return command.startsWith("org.apache.spark.deploy.SparkSubmit")
        && command.matches(".*\\s\\S+[.]py(\\s.*)?");
  }
}
