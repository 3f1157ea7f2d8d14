package io.sparkapp.cli.convert;

/** Input that is no manifest and no command line; the message says where and why. */
public final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  UnreadableException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Counted from 1; 0 for the input as a whole. */
  public int line() {
    return line;
  }
}
