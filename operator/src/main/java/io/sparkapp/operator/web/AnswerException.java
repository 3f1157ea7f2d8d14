package io.sparkapp.operator.web;

/** The request can not be answered as it was meant: a status code, and one sentence why. */
public final class AnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int UNAUTHENTICATED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int BAD_GATEWAY = 502;
  static final int UNAVAILABLE = 503;

  private final int status;

  private AnswerException(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static AnswerException badRequest(String sentence) {
    return new AnswerException(BAD_REQUEST, sentence);
  }

  static AnswerException unauthenticated(String sentence) {
    return new AnswerException(UNAUTHENTICATED, sentence);
  }

  /** The visitor may not. */
  public static AnswerException forbidden(String sentence) {
    return new AnswerException(FORBIDDEN, sentence);
  }

  /** There is none. */
  public static AnswerException notFound(String sentence) {
    return new AnswerException(NOT_FOUND, sentence);
  }

  static AnswerException methodNotAllowed(String sentence) {
    return new AnswerException(METHOD_NOT_ALLOWED, sentence);
  }

  /** Somebody else whom we asked did not answer as they should. */
  public static AnswerException badGateway(String sentence) {
    return new AnswerException(BAD_GATEWAY, sentence);
  }

  /** It may go later. */
  public static AnswerException unavailable(String sentence) {
    return new AnswerException(UNAVAILABLE, sentence);
  }
}
