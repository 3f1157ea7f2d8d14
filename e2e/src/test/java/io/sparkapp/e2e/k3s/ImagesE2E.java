package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.sparkapp.e2e.k3s.program.LookAround;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

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
  void operatorsHaveTheirArchiveMapped(Cluster cluster) throws Exception {
    PodResource operator =
        cluster
            .client()
            .pods()
            .inNamespace(Chart.NAMESPACE)
            .withLabel("app.kubernetes.io/component", "operator")
            .resources()
            .findFirst()
            .orElseThrow();
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    try (ExecWatch command = operator.writingOutput(said).exec("cat", "/proc/1/maps")) {
      assertThat(command.exitCode().get(1, TimeUnit.MINUTES)).isZero();
    }

    // A JVM that finds that an archive does not fit lets go of it.
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("/opt/sparkapp/operator/operator.jsa");
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
  void anImageWithSparkAloneRunsOnceItsLauncherIsAdded(Applications applications) {
    Application added =
        applications.apply(
            Manifest.running("added", "Pi", 1)
                .with("spec.main", "{sqlText: 'SELECT count(*), sum(id) FROM range(100000)'}")
                .with("spec.launcher", "Added")
                .with("spec.driver.image", "sparkapp/executor:0.1.0")
                .with("spec.executor.image", "sparkapp/driver:0.1.0"));

    added.awaitSuccess();

    assertThat(added.driverLog()).contains("100000\t4999950000");
  }

  @Test
  void podsRunAsSparksUserAndCanWriteNothingButTheirVolumes(Applications applications) {
    ProgramJar program = new ProgramJar(LookAround.class);
    applications.client().resource(program.in(applications.namespace())).create();
    Application app =
        applications.apply(
            program.runBy(
                Manifest.running("around", "Pi", 0, "/", "/opt/spark", "/opt/sparkapp", "/tmp")));

    app.awaitSuccess();

    assertThat(app.driverLog())
        .contains("uid: 185\n")
        .contains("/: refused\n")
        .contains("/opt/spark: refused\n")
        .contains("/opt/sparkapp: refused\n")
        .contains("/tmp: written\n");
  }

  @ParameterizedTest
  @FieldSource("io.sparkapp.e2e.k3s.ProductImages#NAMES")
  void imagesRunAsAUserWithoutRightsEvenWhereNobodySaysSo(String name) {
    JsonNode config = new ImageArchive(ProductImages.archive(name)).config();

    assertThat(config.at("/config/User").asText()).isEqualTo("185:185");
    assertThat(config.at("/config/Labels").has("org.opencontainers.image.version")).isTrue();
  }

  private static long fromArchive(String log) {
    return log.lines().filter(line -> line.contains(FROM_ARCHIVE)).count();
  }

  private static long fromJars(String log) {
    return log.lines().filter(line -> line.contains(" source: file:/opt/spark/jars/")).count();
  }
}
