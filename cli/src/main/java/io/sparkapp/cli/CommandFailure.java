package io.sparkapp.cli;

/** Ends a command with sentences for its user, and an exit code. */
final class CommandFailure extends RuntimeException {

  /** The application failed, or what was asked for can not be done. */
  static final int FAILED = ExitCode.FAILED.number();

  /** What the user gave can not be used. */
  static final int BAD_INPUT = ExitCode.BAD_INPUT.number();

  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  private CommandFailure(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  static CommandFailure badInput(String message) {
    return of(ExitCode.BAD_INPUT, message);
  }

  static CommandFailure failed(String message) {
    return of(ExitCode.FAILED, message);
  }

  static CommandFailure notFound(String message) {
    return of(ExitCode.NOT_FOUND, message);
  }

  static CommandFailure of(ExitCode code, String message) {
    return new CommandFailure(code, message, null);
  }

  /**
   * @param cause what {@code --debug} shows beside the sentence
   */
  static CommandFailure of(ExitCode code, String message, Throwable cause) {
    return new CommandFailure(code, message, cause);
  }

  ExitCode code() {
    return code;
  }

  int exitCode() {
    return code.number();
  }
}
