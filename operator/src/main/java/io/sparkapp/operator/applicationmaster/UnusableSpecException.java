package io.sparkapp.operator.applicationmaster;

/** A spec that no pod can be made from; the message is the sentence that its user reads. */
final class UnusableSpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableSpecException(String message) {
    super(message);
  }

  UnusableSpecException(String message, Throwable cause) {
    super(message, cause);
  }
}
