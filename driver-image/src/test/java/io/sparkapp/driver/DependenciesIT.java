package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies from a web server and a Maven repository on the loopback address. */
class DependenciesIT {

  private static final String GREETING =
      """
      package com.acme;
      public class Greeting {
        public static String of(long n) { return "hello " + n; }
      }
      """;

  private static final String GREETER =
      """
      package com.acme;
      import java.nio.file.*;
      import java.util.*;
      import org.apache.spark.api.java.JavaRDD;
      import org.apache.spark.api.java.JavaSparkContext;
      import org.apache.spark.sql.SparkSession;
      public class Greeter {
        public static void main(String[] args) throws Exception {
          try (JavaSparkContext spark = new JavaSparkContext(SparkSession.builder().getOrCreate().sparkContext())) {
            List<String> all = spark.parallelize(Arrays.asList(1L, 2L, 3L), 3).map(n -> Greeting.of(n)
                + " " + Files.readString(Path.of("names.txt")).strip()
                + " " + Files.readString(Path.of("data/inside.txt")).strip()).collect();
            System.out.println("executors: " + all);
            System.out.println("driver: " + Greeting.of(0) + " " + Files.readString(Path.of("names.txt")).strip()
                + " " + Files.readString(Path.of("data/inside.txt")).strip());
          }
        }
      }
      """;

  @TempDir Path directory;
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = new LoopbackServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aProgramFromTheWebRunsWithPackagesFilesAndArchivesOnDriverAndExecutors() throws Exception {
    byte[] greeting = TestJar.of(directory, "com.acme.Greeting", GREETING);
    Path library = Files.write(directory.resolve("greeting.jar"), greeting);
    server.publish("com.acme:greeting:1.0", greeting, "");
    // What is asked for depends on what has the class.
    server.publish(
        "com.acme:polite:2.0",
        TestJar.zip(Files.createTempDirectory(directory, "e")),
        "com.acme:greeting:1.0");
    Path inside = Files.createTempDirectory(directory, "archive");
    Files.writeString(inside.resolve("inside.txt"), "unpacked");

    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriverFrom(
          server.put("/greeter.jar", TestJar.of(directory, "com.acme.Greeter", GREETER, library)),
          "com.acme.Greeter",
          Map.of(
              "spark.executor.instances",
              "1",
              "spark.jars",
              server.url() + "/greeter.jar",
              "spark.jars.packages",
              "com.acme:polite:2.0",
              "spark.jars.repositories",
              server.maven(),
              "spark.files",
              server.put("/list.txt", "names".getBytes(StandardCharsets.UTF_8)) + "#names.txt",
              "spark.archives",
              server.put("/data-1.zip", TestJar.zip(inside)) + "#data"));

      assertThat(spark.driverEnds()).as(spark.output()).isZero();
      assertThat(spark.output())
          .contains(
              "executors: [hello 1 names unpacked, hello 2 names unpacked, hello 3 names unpacked]")
          .contains("driver: hello 0 names unpacked");
      assertThat(server.asked().stream().filter("/greeter.jar"::equals))
          .as("fetched once")
          .hasSize(1);
    }
  }

  @Test
  void whatIsExcludedIsNotFetched() throws Exception {
    byte[] jar = TestJar.of(directory, "com.acme.Greeting", GREETING);
    server
        .publish("com.acme:other:1.0", jar, "")
        .publish("com.acme:whole:1.0", jar, "com.acme:other:1.0");
    Map<String, String> conf =
        Map.of(
            "spark.jars.packages", "com.acme:whole:1.0",
            "spark.jars.excludes", "com.acme:other",
            "spark.jars.repositories", server.maven());

    Dependencies dependencies = fetch(conf, Optional.empty());

    assertThat(dependencies.conf().get("spark.jars"))
        .endsWith("com.acme_whole-1.0.jar")
        .doesNotContain("other");
    assertThat(dependencies.classLoader().loadClass("com.acme.Greeting").getClassLoader())
        .isSameAs(dependencies.classLoader());
  }

  @Test
  void pythonFilesAreGivenToDriverAndExecutorsUnderPathsOfThisPod() throws Exception {
    String module = server.put("/etl-1.2.zip", new byte[] {1});
    String program = server.put("/app.py", new byte[] {2});

    Dependencies dependencies =
        fetch(
            Map.of("spark.submit.pyFiles", module),
            Optional.of(new Location(program, "spec.main.python")));

    Path zip = Path.of(dependencies.conf().get("spark.submit.pyFiles"));
    assertThat(zip).hasBinaryContent(new byte[] {1}).hasFileName("etl-1.2.zip");
    assertThat(dependencies.conf().get("spark.files")).isEqualTo(zip.toString());
    assertThat(dependencies.main()).hasBinaryContent(new byte[] {2}).hasFileName("app.py");
  }

  @Test
  void aMissingPackageAndItsRepositoriesAreNamedWithExitCodeThirteen() throws Exception {
    try (SparkProcesses spark = new SparkProcesses(directory)) {
      spark.startDriver(
          Programs.Plain.class,
          Map.of(
              "spark.executor.instances", "0",
              "spark.jars.packages", "com.acme:missing:1.0",
              "spark.jars.repositories", server.maven()));

      assertThat(spark.driverEnds()).as(spark.output()).isEqualTo(13);
      assertThat(spark.lastWords().path("message").asText())
          .startsWith(
              "The packages com.acme:missing:1.0 can not be had from " + server.maven() + " or ")
          .contains("unresolved dependency: com.acme#missing;1.0: not found")
          .contains("spec.dependencies.packages")
          .doesNotContain("\n")
          .doesNotContain("Exception");
      assertThat(spark.output()).doesNotContain("\tat io.sparkapp");
    }
  }

  @Test
  void aRepositoryThatNobodyAnswersForIsNamed() {
    String gone = server.maven();
    server.close();

    assertThatThrownBy(
            () ->
                fetch(
                    Map.of(
                        "spark.jars.packages", "com.acme:a:1.0", "spark.jars.repositories", gone),
                    Optional.empty()))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessageContaining("com.acme:a:1.0 can not be had from " + gone);
  }

  @Test
  void filesThatCanNotBeFetchedAreNamedWithTheirFieldAndTheReason() {
    String missing = server.url() + "/missing.jar";
    assertThatThrownBy(() -> fetch(Map.of(), Optional.of(new Location(missing, "spec.main.jar"))))
        .hasMessage(missing + " of spec.main.jar can not be fetched: it is not there.");
    assertThatThrownBy(() -> fetch(Map.of("spark.jars", missing), Optional.empty()))
        .hasMessage(missing + " of spec.dependencies.jars can not be fetched: it is not there.");
    assertThatThrownBy(
            () -> fetch(Map.of("spark.files", "http://127.0.0.1:1/a.csv"), Optional.empty()))
        .hasMessageContaining(
            "http://127.0.0.1:1/a.csv of spec.dependencies.files can not be fetched: nothing answers");
    assertThatThrownBy(
            () -> fetch(Map.of("spark.archives", "s3a://acme/env.tar.gz"), Optional.empty()))
        .hasMessageContaining("has no file system for s3a://")
        .hasMessageContaining("spec.dependencies.packages");
    assertThatThrownBy(() -> fetch(Map.of("spark.jars", "local:///nowhere.jar"), Optional.empty()))
        .hasMessage(
            "There is no local:///nowhere.jar in the driver's image: check spec.dependencies.jars"
                + " and the image.");
  }

  private Dependencies fetch(Map<String, String> conf, Optional<Location> main) {
    Dependencies dependencies =
        new Dependencies(conf, directory.resolve("fetched"), directory.resolve("work"));
    dependencies.fetch(main);
    return dependencies;
  }
}
