package io.sparkapp.operator.resourcemanager;

/** Whether an application may start; {@code reason} is the sentence that its user reads. */
public sealed interface Admission {

  /** One sentence. */
  String reason();

  /** It may start. */
  record Admitted(String reason) implements Admission {}

  /** It waits in its queue. */
  record Waiting(String reason) implements Admission {}

  /** It can never start there. */
  record Refused(String reason) implements Admission {}
}
