package io.sparkapp.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlannerTest {
  private static final Path PODS = Path.of("/state/pods/u-1");

  @TempDir Path image;
  private LaunchPlanner planner;

  @BeforeEach
  void unpackImage() throws IOException {
    Files.createDirectories(image.resolve("opt/spark/jars"));
    planner =
        new LaunchPlanner(
            Map.of("PATH", "/usr/bin:/opt/spark/bin"),
            Path.of("/jdk/bin/java"),
            Set.of(Path.of("/usr/bin/env"), image.resolve("opt/spark/run"))::contains);
  }

  @Test
  void javaIsTheMachinesAndAllPathsAreMapped() {
    Container container =
        container("java", "-cp", "/opt/spark/jars/*", "-Dx=$(HOMEDIR)", "Main", "/tmp/in");

    Launch launch = plan(container, Map.of("HOMEDIR", "/opt/spark"), Map.of("/tmp", mount("tmp")));

    assertThat(launch.command())
        .containsExactly(
            "/jdk/bin/java",
            "-Djava.io.tmpdir=/state/pods/u-1/volumes/tmp",
            "-cp",
            image + "/opt/spark/jars/*",
            "-Dx=" + image + "/opt/spark",
            "Main",
            "/state/pods/u-1/volumes/tmp/in");
    assertThat(launch.environment())
        .containsEntry("HOMEDIR", image + "/opt/spark")
        .containsEntry("TMPDIR", "/state/pods/u-1/volumes/tmp")
        .containsEntry("HOSTNAME", "flights-1-driver")
        .containsEntry("SPARK_LOCAL_IP", "127.1.0.1")
        .as("the machine's own variables are not the container's")
        .containsEntry("PATH", "/usr/bin:/opt/spark/bin");
  }

  @Test
  void theContainersVariablesWin() {
    Launch launch =
        plan(container("env"), Map.of("SPARK_LOCAL_IP", "127.9.9.9", "PATH", "/usr/bin"), Map.of());

    assertThat(launch.command()).containsExactly("/usr/bin/env");
    assertThat(launch.environment())
        .containsEntry("SPARK_LOCAL_IP", "127.9.9.9")
        .containsEntry("PATH", "/usr/bin");
  }

  @Test
  void commandsAreFoundInTheImageAndOnThePath() {
    assertThat(plan(container("/opt/spark/run"), Map.of(), Map.of()).command())
        .containsExactly(image + "/opt/spark/run");
    assertThatThrownBy(() -> plan(container("lost"), Map.of(), Map.of()))
        .isInstanceOf(CommandNotFoundException.class)
        .hasMessage("exec: \"lost\": executable file not found in $PATH");
    assertThatThrownBy(() -> plan(new Container(), Map.of(), Map.of()))
        .hasMessageStartingWith("no command specified");
  }

  @Test
  void theWorkingDirectoryIsMappedOrTheContainersOwn() {
    Map<String, Path> mounts = Map.of("/opt/spark/work-dir", mount("work"));

    assertThat(workingDirectory("/opt/spark/work-dir", mounts)).isEqualTo(mount("work"));
    assertThat(workingDirectory("/srv/x", mounts))
        .isEqualTo(PODS.resolve("containers/main/root/srv/x"));
    assertThat(workingDirectory("/../../etc", mounts))
        .isEqualTo(PODS.resolve("containers/main/root/etc"));
    assertThat(workingDirectory(null, mounts)).isEqualTo(PODS.resolve("containers/main/root"));
  }

  private Path workingDirectory(String wanted, Map<String, Path> mounts) {
    Container container = container("env");
    container.setWorkingDir(wanted);
    return plan(container, Map.of(), mounts).workingDirectory();
  }

  private Launch plan(
      Container container, Map<String, String> variables, Map<String, Path> mounts) {
    container.setName("main");
    return planner.plan(
        container,
        variables,
        new LaunchPlanner.Surroundings(
            new Image("spark:1", "spark:1@0", image),
            mounts,
            new PodDirectory(PODS),
            "flights-1-driver",
            "127.1.0.1"));
  }

  private static Container container(String... command) {
    return new ContainerBuilder().withCommand(command).build();
  }

  private static Path mount(String volume) {
    return PODS.resolve("volumes").resolve(volume);
  }
}
