package io.sparkapp.driver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceProfile;
import scala.Option;

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

  /**
   * What is not in the profile comes from the default one, as in Spark's ResourceProfile; except
   * that the overhead goes with the profile's own heap, of which the default overhead knows
   * nothing.
   */
  static Ask of(ResourceProfile profile, int total, SparkConf conf) {
    boolean isDefault = profile.id() == ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID();
    long heap =
        number(profile.getExecutorMemory(), conf.getSizeAsMb("spark.executor.memory", "1g"));
    long computed =
        Math.max(
            conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m"),
            (long) (heap * conf.getDouble("spark.executor.memoryOverheadFactor", 0.1)));
    long fromConf =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead")
            : computed;
    long overhead = isDefault ? fromConf : number(profile.getOverheadMemory(), computed);
    long beyond =
        isDefault
            ? 0
            : number(profile.getExecutorOffHeap(), 0) + number(profile.getPySparkMemory(), 0);
    return new Ask(
        profile.id(),
        total,
        (int) number(profile.getExecutorCores(), conf.getInt("spark.executor.cores", 1)),
        heap + "m",
        (overhead + beyond) + "m",
        CustomResources.of(profile));
  }

  Ask withTotal(int other) {
    return new Ask(profile, other, cores, memory, memoryOverhead, resources);
  }

  private static long number(Option<Object> written, long otherwise) {
    return written.isDefined() ? ((Number) written.get()).longValue() : otherwise;
  }
}
