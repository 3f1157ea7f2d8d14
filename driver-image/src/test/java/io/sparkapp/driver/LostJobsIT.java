package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostJobsIT {

  @TempDir Path directory;

  @Test
  void aProgramThatSubmitsAJobWhileSparkStopsDoesNotWaitForItForEver() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StopsSparkWhileItSubmits.class.getName());
    Path log = directory.resolve("log");
    Process program =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();

    boolean ended = program.waitFor(2, TimeUnit.MINUTES);

    program.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    assertThat(program.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("Thread main waits for a job that Spark forgot when it stopped")
        .contains("java.lang.InterruptedException");
  }

  /** Stops Spark while Spark copies its properties for a job that it has agreed to run. */
  static final class StopsSparkWhileItSubmits extends Properties {

    private static final long serialVersionUID = 1;

    private final transient JavaSparkContext spark;

    private StopsSparkWhileItSubmits(JavaSparkContext spark) {
      this.spark = spark;
    }

    public static void main(String[] args) {
      SparkConf conf =
          new SparkConf()
              .setMaster("local[1]")
              .setAppName("stops")
              .set("spark.ui.enabled", "false");
      JavaSparkContext spark = new JavaSparkContext(conf);
      spark.sc().setLocalProperties(new StopsSparkWhileItSubmits(spark));
      System.out.println(spark.parallelize(List.of(1)).count());
    }

    @Override
    public synchronized Object clone() {
      if (!spark.sc().isStopped()) {
        spark.stop();
        LostJobs.release();
      }
      return super.clone();
    }
  }
}
