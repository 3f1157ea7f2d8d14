package io.sparkapp.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor's process whose driver is not there. */
class ExecutorLauncherIT {

  @TempDir Path directory;

  @Test
  void saysThatItWasNotToldItsDriversAddress() throws Exception {
    Process executor = start("", "PT1S");

    assertThat(end(executor)).isEqualTo(59);
    assertThat(lastWords().path("exitCode").asInt()).isEqualTo(59);
    assertThat(lastWords().path("message").asText())
        .contains("Executor 4 was not told its driver's address within 1 s");
  }

  @Test
  void saysWhichAddressItCouldNotReach() throws Exception {
    String address;
    try (ServerSocket closed = new ServerSocket(0)) {
      address = "127.0.0.1:" + closed.getLocalPort();
    }

    Process executor = start(address, "PT5S");

    assertThat(end(executor)).isEqualTo(59);
    assertThat(lastWords().path("message").asText())
        .contains("Executor 4 could not reach its driver at " + address + " within 5 s");
    assertThat(Files.size(directory.resolve("words"))).isLessThan(4096);
  }

  @Test
  void isToldToStopWhileItWaits() throws Exception {
    Process executor = start("", "PT5M");

    executor.destroy();

    assertThat(end(executor)).isEqualTo(143);
  }

  private Process start(String driverAddress, String wait) throws Exception {
    Path address = Files.writeString(directory.resolve("driver-address"), driverAddress);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.sparkapp.executor.ExecutorLauncher");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARKAPP_APPLICATION_ID", "flights-1",
                "SPARKAPP_EXECUTOR_ID", "4",
                "SPARKAPP_EXECUTOR_CORES", "1",
                "SPARKAPP_RESOURCE_PROFILE", "0",
                "SPARKAPP_POD_IP", "127.0.0.1",
                "SPARKAPP_DRIVER_ADDRESS_FILE", address.toString(),
                "SPARKAPP_DRIVER_WAIT", wait,
                "SPARKAPP_TERMINATION_LOG", directory.resolve("words").toString(),
                "_SPARK_AUTH_SECRET", "a secret of the test",
                "SPARK_LOCAL_IP", "127.0.0.1"));
    return builder.start();
  }

  private int end(Process executor) throws Exception {
    assertThat(executor.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return executor.exitValue();
  }

  private JsonNode lastWords() throws Exception {
    return new ObjectMapper().readTree(Files.readString(directory.resolve("words")));
  }
}
