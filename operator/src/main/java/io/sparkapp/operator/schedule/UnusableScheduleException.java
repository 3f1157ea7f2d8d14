package io.sparkapp.operator.schedule;

/** Nothing will ever come of a schedule as it is; the message is a sentence for the user. */
final class UnusableScheduleException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason the condition's reason, a word for programs
   */
  UnusableScheduleException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
