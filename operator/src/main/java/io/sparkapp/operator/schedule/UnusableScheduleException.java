package io.sparkapp.operator.schedule;

import io.sparkapp.operator.applicationmaster.EventReason;

/** Nothing will ever come of a schedule as it is; the message is a sentence for the user. */
final class UnusableScheduleException extends Exception {

  private static final long serialVersionUID = 1L;

  private final EventReason reason;

  /**
   * @param reason the condition's reason, and that of the event
   */
  UnusableScheduleException(EventReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  EventReason reason() {
    return reason;
  }
}
