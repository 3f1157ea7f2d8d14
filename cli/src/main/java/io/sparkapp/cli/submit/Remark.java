package io.sparkapp.cli.submit;

/**
 * What its user has to know of something that did not simply become a field.
 *
 * @param kind how much it matters
 * @param subject the option, property or field, as the user wrote it
 * @param sentence what becomes of it and why, or what to do instead
 */
public record Remark(Kind kind, String subject, String sentence) {

  /** How much a remark matters. */
  public enum Kind {
    /** Carried over, in another way than one might expect. */
    NOTE,
    /** Not carried over: the application runs without it. */
    LOST,
    /** Not carried over, and without it the application is not what was asked for. */
    REFUSED
  }

  /** One line, for standard error. */
  public String line() {
    return subject + ": " + sentence;
  }
}
