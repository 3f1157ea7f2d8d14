package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfFilesTest {

  @Test
  void whatPodsAreMadeOfIsRefusedWhereItComesTooLate(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("spark.memory.offHeap.size"), "2g");

    assertThatThrownBy(() -> ConfFiles.read(folder.toString(), ""))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessageStartingWith("spark.memory.offHeap.size comes too late in sparkConfFrom")
        .hasMessageEndingWith("set it in spec.sparkConf.");
  }

  @TempDir Path directory;

  @Test
  void keysArePropertiesOrFilesWithProperties() throws Exception {
    Path first = Files.createDirectories(directory.resolve("0"));
    Files.writeString(first.resolve("spark.sql.shuffle.partitions"), "8\n");
    Files.writeString(
        first.resolve("spark-defaults.conf"),
        "# ours\nspark.eventLog.dir  s3a://logs/\nspark.speculation=true\nnot.ours 1\n");
    Files.writeString(first.resolve("log4j2.properties"), "rootLogger.level = info\n");
    // How a kubelet mounts.
    Files.createDirectories(first.resolve("..2026_01_01"));
    Path second = Files.createDirectories(directory.resolve("1"));
    Files.writeString(second.resolve("spark.speculation"), "false");

    assertThat(ConfFiles.read(first + ":" + second, ""))
        .isEqualTo(
            Map.of(
                "spark.sql.shuffle.partitions", "8",
                "spark.eventLog.dir", "s3a://logs/",
                "spark.speculation", "false"));
  }

  @Test
  void hadoopsFilesBecomePropertiesThatSparkHandsOver() throws Exception {
    Files.writeString(
        directory.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>hdfs://a:8020</value></property>"
            + "</configuration>");
    Files.writeString(directory.resolve("fs.s3a.access.key"), "me\n");

    assertThat(ConfFiles.read("", directory.toString()))
        .isEqualTo(
            Map.of(
                "spark.hadoop.fs.defaultFS", "hdfs://a:8020",
                "spark.hadoop.fs.s3a.access.key", "me"));
  }

  @Test
  void aFileThatCanNotBeReadIsNamed() throws Exception {
    Files.writeString(directory.resolve("core-site.xml"), "<configuration");

    assertThatThrownBy(() -> ConfFiles.read("", directory.toString()))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessageStartingWith("core-site.xml of sparkConfFrom or hadoopConfFrom can not be read");
  }
}
