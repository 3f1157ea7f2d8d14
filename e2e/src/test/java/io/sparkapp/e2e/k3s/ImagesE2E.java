package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the images promise, looked at from inside their containers. */
@OnK3s
class ImagesE2E {

  private static final String FROM_ARCHIVE = " source: shared objects file (top)";

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void driversAndExecutorsTakeSparksClassesFromTheirArchives(Applications applications) {
    Application pi =
        applications.apply(
            Manifest.running("pi", "SlowCount", 1, "4", "2000")
                .with("spec.driver.javaOptions", "-Xlog:class+load:stdout")
                .with("spec.executor.javaOptions", "-Xlog:class+load:stdout"));

    pi.awaitTasks();
    String executor = pi.log(pi.executor(1).getMetadata().getName());
    pi.awaitSuccess();

    String driver = pi.driverLog();
    assertThat(driver)
        .contains("io.sparkapp.driver.DriverLauncher" + FROM_ARCHIVE)
        .contains("org.apache.spark.SparkContext" + FROM_ARCHIVE)
        .contains("io.sparkapp.driver.SparkAppSchedulerBackend" + FROM_ARCHIVE);
    assertThat(executor)
        .contains("io.sparkapp.executor.ExecutorLauncher" + FROM_ARCHIVE)
        .contains("org.apache.spark.executor.Executor" + FROM_ARCHIVE);
    assertThat(fromArchive(driver)).isGreaterThan(4 * fromJars(driver));
    assertThat(fromArchive(executor)).isGreaterThan(4 * fromJars(executor));
  }

  @Test
  void anImageThatIsNoneOfOursIsNamedWithWhatItLacks(Applications applications) {
    Application foreign =
        applications.apply(
            Manifest.running("foreign", "Pi", 1, "2")
                .with("spec.image", "sparkapp/operator:0.1.0"));

    assertThat(foreign.awaitFailure().message())
        .startsWith("Image sparkapp/operator:0.1.0 has no launcher for SparkApps")
        .contains("spec.image");
  }

  @Test
  void podsRunAsSparksUserAndCanWriteNothingButTheirVolumes(Applications applications) {
    Application pi = applications.apply(Manifest.running("pi", "Pi", 1, "2"));
    pi.awaitSuccess();

    Pod driver = pi.driver().orElseThrow();
    assertThat(driver.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(185);
    assertThat(
            driver
                .getSpec()
                .getContainers()
                .get(0)
                .getSecurityContext()
                .getReadOnlyRootFilesystem())
        .isTrue();
  }

  private static long fromArchive(String log) {
    return log.lines().filter(line -> line.contains(FROM_ARCHIVE)).count();
  }

  private static long fromJars(String log) {
    return log.lines().filter(line -> line.contains(" source: file:/opt/spark/jars/")).count();
  }
}
