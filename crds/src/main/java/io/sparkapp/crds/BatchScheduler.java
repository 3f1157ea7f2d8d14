package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Another scheduler or queue system of the cluster that has a say in when pods start, beside the
 * application's own queue.
 *
 * @param kind which one
 * @param queue its queue, which is none of ours: a queue of YuniKorn or Volcano, a LocalQueue of
 *     Kueue; null for the one that it chooses itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.kind != 'Kueue' || has(self.queue)",
    message =
        "spec.batchScheduler.queue names the LocalQueue of this namespace: Kueue leaves pods alone"
            + " that name none")
public record BatchScheduler(
    @Required @JsonPropertyDescription("YuniKorn, Volcano or Kueue.") BatchSchedulerKind kind,
    @Size(min = 1, max = 63)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$')",
            message =
                "spec.batchScheduler.queue becomes a label: letters and digits, with dashes, dots"
                    + " and underscores between them")
        @JsonPropertyDescription(
            "Its queue, as root.sandbox (YuniKorn) or the name of a LocalQueue (Kueue). Left out: the one that it chooses itself.")
        String queue) {}
