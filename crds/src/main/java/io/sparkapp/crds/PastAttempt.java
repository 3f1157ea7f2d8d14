package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;

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
    Integer attempt,
    String started,
    String ended,
    AttemptOutcome outcome,
    Integer exitCode,
    String message) {}
