package io.sparkapp.operator.kubernetes;

/**
 * The API server will not take an object however often it is tried; the message is for the user.
 */
final class RefusedByApiServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedByApiServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
