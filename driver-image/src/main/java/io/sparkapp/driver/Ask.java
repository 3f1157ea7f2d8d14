package io.sparkapp.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ExecutorResourceRequest;
import org.apache.spark.resource.ResourceProfile;

/**
 * Executors wanted of one ResourceProfile, as the ExecutorRequest has them.
 *
 * @param profile Spark's ResourceProfile id
 * @param total how many in all, running ones included
 * @param cores cores of each
 * @param memory heap of each
 * @param memoryOverhead memory beyond the heap, off-heap and Python memory included
 * @param resources further resources, by Kubernetes name
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Ask(
    int profile,
    int total,
    int cores,
    String memory,
    String memoryOverhead,
    Map<String, String> resources) {

  /** Tells which language the program is in; Spark's own Kubernetes backend uses the same. */
  private static final String RESOURCE_TYPE = "spark.kubernetes.resource.type";

  /** Set by the operator where executors' local directory is in memory. */
  private static final String LOCAL_DIR_MEMORY = "spark.sparkapp.executor.localDirMemory";

  private static final String PYTHON = "python";
  private static final int MEBIBYTE = 20;

  /**
   * What is not in the profile comes from the default one, as in Spark's ResourceProfile; except
   * that the overhead goes with the profile's own heap, of which the default overhead knows
   * nothing.
   */
  static Ask of(ResourceProfile profile, int total, SparkConf conf) {
    boolean isDefault = profile.id() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID();
    long heap =
        number(profile, ResourceProfile.MEMORY(), conf.getSizeAsMb("spark.executor.memory", "1g"));
    long computed =
        Math.max(
            conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m"),
            (long) (heap * conf.getDouble("spark.executor.memoryOverheadFactor", 0.1)));
    long fromConf =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead")
            : computed;
    long overhead =
        isDefault ? fromConf : number(profile, ResourceProfile.OVERHEAD_MEM(), computed);
    return new Ask(
        profile.id(),
        total,
        (int) number(profile, ResourceProfile.CORES(), conf.getInt("spark.executor.cores", 1)),
        heap + "m",
        (overhead
                + offHeap(profile, conf)
                + python(profile, conf)
                + conf.getSizeAsMb(LOCAL_DIR_MEMORY, "0"))
            + "m",
        CustomResources.of(profile));
  }

  Ask withTotal(int other) {
    return new Ask(profile, other, cores, memory, memoryOverhead, resources);
  }

  /** Counted only where it is turned on, whoever asks for it. */
  private static long offHeap(ResourceProfile profile, SparkConf conf) {
    long fromConf = conf.getSizeAsBytes("spark.memory.offHeap.size", "0") >> MEBIBYTE;
    return conf.getBoolean("spark.memory.offHeap.enabled", false)
        ? own(profile, ResourceProfile.OFFHEAP_MEM(), fromConf)
        : 0;
  }

  /** A program that is not in Python has no use for it. */
  private static long python(ResourceProfile profile, SparkConf conf) {
    long fromConf = conf.getSizeAsMb("spark.executor.pyspark.memory", "0");
    return conf.get(RESOURCE_TYPE, PYTHON).equals(PYTHON)
        ? own(profile, ResourceProfile.PYSPARK_MEM(), fromConf)
        : 0;
  }

  private static long own(ResourceProfile profile, String resource, long fromConf) {
    return profile.id() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID()
        ? fromConf
        : number(profile, resource, fromConf);
  }

  /** By its public map: what else a profile offers differs from one line of Spark to the next. */
  private static long number(ResourceProfile profile, String resource, long otherwise) {
    ExecutorResourceRequest request = profile.executorResourcesJMap().get(resource);
    return request == null ? otherwise : request.amount();
  }
}
