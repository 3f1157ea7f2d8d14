package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * One stage of the DAG that the driver made of the program, as Spark's DAGScheduler has it. It
 * changes only when the stage's state does: how many tasks of a running stage are done is in {@link
 * Progress#active()}.
 *
 * @param stage Spark's stage id
 * @param attempt Spark's stage attempt, from 0; absent until the stage is submitted
 * @param job the id of the first job that needs it
 * @param name Spark's name of it, such as {@code reduce at Pi.java:38}
 * @param parents ids of the stages whose shuffle files it reads, also those of an earlier job where
 *     Spark skips the stage that would write them again; one that is older than the stages shown
 *     may be among them
 * @param state how far it is
 * @param tasks how many tasks it has
 * @param failed attempts of its tasks that failed
 * @param submitted when it was submitted, RFC 3339
 * @param completed when it ended, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageNode(
    @JsonPropertyDescription("Spark's stage id.") Integer stage,
    @JsonPropertyDescription("Spark's stage attempt, from 0; absent until the stage is submitted.")
        Integer attempt,
    @JsonPropertyDescription("Id of the first job that needs it.") Integer job,
    @JsonPropertyDescription("Spark's name of it, such as reduce at Pi.java:38.") String name,
    @JsonPropertyDescription(
            "Ids of the stages whose shuffle files it reads. One that is older than the stages shown may be among them.")
        List<Integer> parents,
    @JsonPropertyDescription(
            "Waiting, Active, Done, Skipped (what it would write is there) or Failed.")
        StageState state,
    @JsonPropertyDescription("How many tasks it has.") Integer tasks,
    @JsonPropertyDescription("Attempts of its tasks that failed.") Integer failed,
    @JsonPropertyDescription("When it was submitted, RFC 3339.") String submitted,
    @JsonPropertyDescription("When it ended, RFC 3339.") String completed) {

  /** Many are kept for long: those of one program share their names. */
  public StageNode {
    name = name == null ? null : name.intern();
    parents = parents == null ? List.of() : List.copyOf(parents);
  }
}
