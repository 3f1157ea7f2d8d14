package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * An attempt that another one followed, or is to follow.
 *
 * @param attempt its number, from 1
 * @param started when its driver was created, RFC 3339
 * @param ended when its end was seen, RFC 3339
 * @param outcome how it ended
 * @param exitCode its driver's exit code, when it told one
 * @param message why it ended so, in one sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastAttempt(
    @JsonPropertyDescription("Its number, from 1.") Integer attempt,
    @JsonPropertyDescription("When its driver was created, RFC 3339.") String started,
    @JsonPropertyDescription("When its end was seen, RFC 3339.") String ended,
    @JsonPropertyDescription("How it ended.") AttemptOutcome outcome,
    @JsonPropertyDescription("Its driver's exit code, when it told one.") Integer exitCode,
    @JsonPropertyDescription("Why it ended so, in one sentence.") String message) {}
