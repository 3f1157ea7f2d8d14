package io.sparkapp.operator.applicationmaster;

/** What happens to one call; the operator decides anew afterwards. */
enum Fault {
  /** The operator dies before it makes the call. */
  KilledBefore,
  /** The operator dies right after the call. */
  KilledAfter,
  /** The API server answers with a conflict or an error, and has done nothing. */
  Refused,
  /** The API server has done it, but the answer never comes. */
  AnsweredTooLate;

  /** Whether another operator follows. */
  boolean kills() {
    return this == KilledBefore || this == KilledAfter;
  }
}
