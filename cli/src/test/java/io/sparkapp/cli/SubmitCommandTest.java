package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void printsTheSparkAppThatTheOptionsMake() {
    int code =
        dryRun(
            "--class",
            "com.acme.DailyOrders",
            "--driver-memory",
            "2G",
            "--executor-memory",
            "4096",
            "--executor-cores",
            "2",
            "--num-executors",
            "3",
            "--queue",
            "etl",
            "--jars",
            "local:///opt/a.jar,https://repo.acme.com/b.jar",
            "--packages",
            "org.postgresql:postgresql:42.7.4",
            "--driver-java-options",
            "-Xss4m -verbose:gc",
            "-c",
            "spark.sql.ansi.enabled=true",
            "--conf=spark.hadoop.fs.s3a.endpoint=http://minio:9000",
            "--image",
            "registry.acme.com/jobs:1",
            "--launcher",
            "Added",
            "-n",
            "jobs",
            "local:///opt/orders.jar",
            "--num-executors",
            "of the program",
            "@file",
            "");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            apiVersion: sparkapp.io/v1alpha1
            kind: SparkApp
            metadata:
              name: daily-orders
              namespace: jobs
            spec:
              queue: etl
              main:
                jar: local:///opt/orders.jar
                class: com.acme.DailyOrders
                args:
                - --num-executors
                - of the program
                - "@file"
                - ""
              dependencies:
                jars:
                - local:///opt/a.jar
                - https://repo.acme.com/b.jar
                packages:
                - org.postgresql:postgresql:42.7.4
              sparkConf:
                spark.sql.ansi.enabled: "true"
              hadoopConf:
                fs.s3a.endpoint: http://minio:9000
              image: registry.acme.com/jobs:1
              driver:
                memory: 2g
                javaOptions: -Xss4m -verbose:gc
              executor:
                instances: 3
                cores: 2
                memory: 4096m
              launcher: Added
            """);
  }

  @Test
  void printsItAsJsonToo() {
    assertThat(dryRun("-o", "json", "local:///opt/flights.py")).isZero();
    assertThat(out.toString()).startsWith("{").contains("\"python\" : \"local:///opt/flights.py\"");
  }

  @Test
  void theOptionWinsOverConfAndTheLaterOverTheEarlier() {
    dryRun(
        "--conf",
        "spark.executor.memory=1g",
        "--executor-memory",
        "2g",
        "--executor-memory",
        "3g",
        "--conf",
        "spark.executor.cores=1",
        "--conf",
        "spark.executor.cores=5",
        "local:///opt/a.py");
    assertThat(out.toString()).contains("memory: 3g").contains("cores: 5");
  }

  @Test
  void readsAPropertiesFileThatConfWinsOver() throws IOException {
    Path file = directory.resolve("job.conf");
    Files.writeString(file, "spark.executor.memory 1g\nspark.ui.enabled   false\nother = x\n");
    int code =
        dryRun(
            "--properties-file",
            file.toString(),
            "-c",
            "spark.executor.memory=2g",
            "local:///a.py");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("memory: 2g").contains("spark.ui.enabled: \"false\"");
    assertThat(err.toString())
        .isEqualTo(
            "other: not carried over: it is no Spark property: spark-submit ignores it too.\n");
  }

  @Test
  void aPodTemplateOfThisMachineBecomesTheTemplateItself() throws IOException {
    Path file = directory.resolve("pod.yaml");
    Files.writeString(
        file,
        "spec:\n  containers:\n  - name: spark\n    env: [{name: A, value: b}]\n    args: [x]\n");
    int code =
        dryRun("--conf", "spark.kubernetes.executor.podTemplateFile=" + file, "local:///a.py");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("template:")
        .contains("- name: executor")
        .doesNotContain("args");
    assertThat(err.toString()).contains("spec.containers[0].args").contains("not carried over");
  }

  @Test
  void onTheLocalClusterAFileOfThisMachineIsReachable() throws IOException {
    Path file = Files.writeString(directory.resolve("flights.py"), "print(1)\n");
    assertThat(dryRun(file.toString())).isZero();
    assertThat(out.toString()).contains("python: file:///").contains("/flights.py");
  }

  @Test
  void aFileOfThisMachineIsOutOfReachOnAnotherCluster() throws IOException {
    Path file = Files.writeString(directory.resolve("flights.py"), "print(1)\n");
    assertThat(dryRun("--context", "production", file.toString()))
        .isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString())
        .contains("is a file of this machine, and the driver runs in the cluster")
        .contains("local:///path/in/the/image")
        .contains("s3a://");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --keytab /etc/x.keytab --principal x local:///a.py  | Secret
          --remote sc://host local:///a.py                    | SPARK_REMOTE=sc://host
          --kill flights                                      | sparkapp kill flights
          --status flights                                    | sparkapp status flights
          --class com.acme.A nowhere.jar                      | there is no file
          local:///a.jar                                      | --class
          --num-executors 3                                   | the application's jar or file is missing
          --conf novalue local:///a.py                        | is not PROPERTY=VALUE
          --master mesos://x local:///a.py                    | no master that Spark knows
          pyspark-shell                                       | pyspark --master sparkapp://
          --properties-file nowhere.conf local:///a.py        | can not be read
          --executor-memory lots local:///a.py                | is no amount of memory
          --executor-memory 1.5g local:///a.py                | is no amount of memory
          --num-executors many local:///a.py                  | is no number of executors
          --driver-cores 0 local:///a.py                      | is no number of cores
          --packages a:b local:///a.py                        | is not group:artifact:version
          """)
  void whatCanNotBeHonouredIsRefusedWithWhatToDo(String line, String sentence) {
    assertThat(dryRun(line.split(" "))).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString()).contains(sentence).doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --master k8s://https://h:6443                          | the API server is that of --context
          --master yarn                                          | the operator shares resources out
          --master local[2]                                      | here executors run them
          --proxy-user alice                                     | becomes spec.user
          --supervise                                            | restart.policy OnFailure
          --total-executor-cores 8 --executor-cores 4            | 2 of 4
          --conf spark.kubernetes.executor.podNamePrefix=x       | NAME-1-driver
          --conf spark.kubernetes.somethingNew=x                 | nothing that corresponds to it
          --conf spark.driver.host=10.0.0.1                      | the operator sets it
          --conf spark.authenticate=false                        | can not be turned off
          """)
  void whatIsCarriedOverOtherwiseOrNotIsSaid(String options, String sentence) {
    assertThat(dryRun((options + " local:///a.py").split(" "))).isZero();
    assertThat(err.toString()).contains(sentence);
    assertThat(out.toString()).contains("python: local:///a.py");
  }

  @Test
  void aSecretIsNotPrinted() {
    dryRun("--conf", "spark.authenticate.secret=hush", "local:///a.py");
    assertThat(err + out.toString()).doesNotContain("hush").contains("spark.authenticate.secret");
  }

  @Test
  void anOutputFormatIsForADryRun() {
    assertThat(execute("submit", "-o", "yaml", "local:///a.py"))
        .isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString()).contains("--dry-run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such-option", "--deploy-mode sideways", "--class"})
  void optionsThatSparkSubmitDoesNotKnowGetOneLine(String options) {
    assertThat(dryRun(options.split(" "))).isEqualTo(CommandFailure.BAD_INPUT);
    assertThat(err.toString().strip().lines()).hasSize(1);
  }

  @Test
  void theDriverOnThisMachineIsAnotherSparkSubmit() {
    int code =
        dryRun(
            "--deploy-mode", "client",
            "-n", "jobs",
            "--context", "production",
            "--name", "my flights",
            "--num-executors", "3",
            "--queue", "etl",
            "--conf", "spark.kubernetes.node.selector.a=b",
            "--jars", "a.jar",
            "flights.py", "2026");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("--master sparkapp://jobs ")
        .contains("--conf 'spark.app.name=my flights'")
        .contains("--conf spark.executor.instances=3")
        .contains("--conf spark.sparkapp.queue=etl")
        .contains("--conf spark.sparkapp.context=production")
        .contains("--jars a.jar")
        .endsWith(" flights.py 2026\n");
    assertThat(err.toString())
        .contains("spark.kubernetes.node.selector.a")
        .contains("--deploy-mode client");
  }

  private int dryRun(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "submit";
    all[1] = "--dry-run";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return execute(all);
  }

  private int execute(String... arguments) {
    return Main.commandLine(Map.of())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
