package io.sparkapp.local.node;

/** A container's command can't be started because there is none of that name. */
final class CommandNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandNotFoundException(String message) {
    super(message);
  }
}
