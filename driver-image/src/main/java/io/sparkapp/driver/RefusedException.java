package io.sparkapp.driver;

import java.io.IOException;

/** The API server answered, and the answer was no. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final int code;
  private final String reason;

  RefusedException(int code, String reason) {
    super(code + " " + reason);
    this.code = code;
    this.reason = reason;
  }

  /** What the API server said. */
  String reason() {
    return reason;
  }

  boolean isNotFound() {
    return code == NOT_FOUND;
  }

  /** It is there already, or is not any more as it was read. */
  boolean isConflict() {
    return code == CONFLICT;
  }

  /** Who asked is not known, or may not do this. */
  boolean isForbidden() {
    return code == FORBIDDEN || code == UNAUTHORIZED;
  }
}
