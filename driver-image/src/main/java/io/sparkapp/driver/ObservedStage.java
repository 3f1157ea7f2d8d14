package io.sparkapp.driver;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.scheduler.StageInfo;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A stage as Spark's DAGScheduler tells of it.
 *
 * @param parents ids of the stages before it, as Spark numbers them for this job
 * @param shuffle which shuffle it writes; a later job that needs the same has a stage of another id
 *     with the same shuffle, which Spark skips
 * @param submitted milliseconds since 1970
 * @param completed milliseconds since 1970
 */
record ObservedStage(
    int id,
    int attempt,
    String name,
    int tasks,
    List<Integer> parents,
    OptionalInt shuffle,
    OptionalLong submitted,
    OptionalLong completed,
    boolean failed) {

  static ObservedStage of(StageInfo info) {
    return new ObservedStage(
        info.stageId(),
        info.attemptNumber(),
        info.name(),
        info.numTasks(),
        CollectionConverters.asJava(info.parentIds()).stream()
            .map(id -> ((Number) id).intValue())
            .toList(),
        info.shuffleDepId().isDefined()
            ? OptionalInt.of(((Number) info.shuffleDepId().get()).intValue())
            : OptionalInt.empty(),
        time(info.submissionTime()),
        time(info.completionTime()),
        info.failureReason().isDefined());
  }

  private static OptionalLong time(Option<Object> millis) {
    return millis.isDefined()
        ? OptionalLong.of(((Number) millis.get()).longValue())
        : OptionalLong.empty();
  }
}
