package io.sparkapp.driver;

/** The user's program can not be started; the message says why. */
final class ProgramNotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProgramNotFoundException(String message) {
    super(message);
  }

  ProgramNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
