package io.sparkapp.cli;

/** Ends a command with sentences for its user, and an exit code. */
final class CommandFailure extends RuntimeException {

  /** The application failed, or what was asked for is not there. */
  static final int FAILED = 1;

  /** What the user gave can not be used. */
  static final int BAD_INPUT = 2;

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure badInput(String message) {
    return new CommandFailure(BAD_INPUT, message);
  }

  static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
