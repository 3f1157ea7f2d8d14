package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskTest {

  private final SparkConf conf =
      new SparkConf(false)
          .set("spark.executor.cores", "3")
          .set("spark.executor.memory", "2g")
          .set("spark.executor.memoryOverhead", "500m");

  @BeforeEach
  void sparkMakesTheDefaultProfileFirst() {
    ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf);
  }

  @Test
  void theDefaultProfileIsWhatTheConfigurationSays() {
    Ask ask = Ask.of(ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf), 4, conf);

    assertThat(new ObjectMapper().valueToTree(ask).toString())
        .isEqualTo(
            "{\"profile\":0,\"total\":4,\"cores\":3,\"memory\":\"2048m\","
                + "\"memoryOverhead\":\"500m\"}");
  }

  @Test
  void aProfileOfItsOwnHasItsOwnSizeAndResourcesByTheirKubernetesNames() {
    conf.set("spark.memory.offHeap.enabled", "true");
    ResourceProfile profile =
        new ResourceProfileBuilder()
            .require(
                new ExecutorResourceRequests()
                    .cores(2)
                    .memory("10g")
                    .offHeapMemory("1g")
                    .resource("gpu", 2, "", "nvidia.com"))
            .build();

    Ask ask = Ask.of(profile, 1, conf);

    assertThat(ask.profile()).isEqualTo(profile.id()).isPositive();
    assertThat(ask.cores()).isEqualTo(2);
    assertThat(ask.memory()).isEqualTo("10240m");
    assertThat(ask.memoryOverhead()).as("a tenth, and what is off the heap").isEqualTo("2048m");
    assertThat(ask.resources()).containsEntry("nvidia.com/gpu", "2").hasSize(1);
  }

  @Test
  void whatAProfileLeavesOutComesFromTheConfiguration() {
    conf.set("spark.executor.memoryOverheadFactor", "0.5");
    ResourceProfile profile =
        new ResourceProfileBuilder().require(new ExecutorResourceRequests().cores(1)).build();

    Ask ask = Ask.of(profile, 1, conf);

    assertThat(ask.memory()).isEqualTo("2048m");
    assertThat(ask.memoryOverhead()).isEqualTo("1024m");
  }

  @Test
  void whatIsOffTheHeapIsCountedWhereItIsTurnedOn() {
    conf.set("spark.memory.offHeap.size", "1g");
    ResourceProfile byDefault = ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf);
    ResourceProfile own =
        new ResourceProfileBuilder()
            .require(new ExecutorResourceRequests().cores(1).offHeapMemory("2g"))
            .build();

    assertThat(Ask.of(byDefault, 1, conf).memoryOverhead()).isEqualTo("500m");
    assertThat(Ask.of(own, 1, conf).memoryOverhead()).isEqualTo("384m");

    conf.set("spark.memory.offHeap.enabled", "true");
    assertThat(Ask.of(byDefault, 1, conf).memoryOverhead()).isEqualTo("1524m");
    assertThat(Ask.of(own, 1, conf).memoryOverhead()).isEqualTo("2432m");
  }

  @Test
  void pythonsMemoryIsCountedUnlessTheProgramIsNotInPython() {
    conf.set("spark.executor.pyspark.memory", "256");
    ResourceProfile byDefault = ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf);
    ResourceProfile own =
        new ResourceProfileBuilder()
            .require(new ExecutorResourceRequests().cores(1).pysparkMemory("1g"))
            .build();

    assertThat(Ask.of(byDefault, 1, conf).memoryOverhead()).isEqualTo("756m");
    assertThat(Ask.of(own, 1, conf).memoryOverhead()).isEqualTo("1408m");

    conf.set("spark.kubernetes.resource.type", "java");
    assertThat(Ask.of(byDefault, 1, conf).memoryOverhead()).isEqualTo("500m");
    assertThat(Ask.of(own, 1, conf).memoryOverhead()).isEqualTo("384m");
  }

  @Test
  void theDefaultProfileHasTheGpusOfTheConfiguration() {
    conf.set("spark.executor.resource.gpu.amount", "2");
    conf.set("spark.executor.resource.gpu.vendor", "nvidia.com");
    ResourceProfile$.MODULE$.clearDefaultProfile();

    Ask ask = Ask.of(ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf), 1, conf);
    ResourceProfile$.MODULE$.clearDefaultProfile();

    assertThat(ask.resources()).containsEntry("nvidia.com/gpu", "2").hasSize(1);
  }
}
