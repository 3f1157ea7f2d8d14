package io.sparkapp.operator.web;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of the list of applications. Times are RFC 3339.
 *
 * @param phase null before the operator has looked at it
 * @param message one sentence: what goes on, or why it ended
 * @param percent tasks done of tasks known; null when nothing is known
 * @param executors running and asked, as {@code 2/3}; null before any was asked
 * @param running running executors
 * @param place its place in the line of its queue; null when it does not wait there
 * @param user whom it runs for; null when it does not say
 */
record ApplicationRow(
    String namespace,
    String name,
    Phase phase,
    String message,
    Integer percent,
    String executors,
    int running,
    String queue,
    Integer place,
    String user,
    int attempt,
    String created,
    String started,
    String ended) {

  static ApplicationRow of(SparkApp app) {
    SparkAppStatus status = app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus();
    Optional<SparkAppStatus.ExecutorCounts> executors = Optional.ofNullable(status.executors());
    return new ApplicationRow(
        app.getMetadata().getNamespace(),
        app.getMetadata().getName(),
        status.phase(),
        status.message() == null ? "The operator has not looked at it yet." : status.message(),
        status.progress() == null ? null : status.progress().percent(),
        executors.map(SparkAppStatus.ExecutorCounts::summary).orElse(null),
        executors.map(SparkAppStatus.ExecutorCounts::running).orElse(0),
        status.queue() == null ? app.getSpec().queue() : status.queue(),
        status.place(),
        app.getSpec().user(),
        status.attempt() == null ? 1 : status.attempt(),
        app.getMetadata().getCreationTimestamp(),
        status.started(),
        status.ended());
  }

  /** Whether one of the texts that a visitor sees in the line has these letters in it. */
  boolean has(String lowerCaseText) {
    return contains(name, lowerCaseText)
        || contains(namespace, lowerCaseText)
        || contains(queue, lowerCaseText)
        || contains(user, lowerCaseText)
        || contains(message, lowerCaseText);
  }

  private static boolean contains(String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part);
  }
}
