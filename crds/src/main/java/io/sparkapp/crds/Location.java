package io.sparkapp.crds;

/**
 * Where a file is: {@code local:///path} in the image, or an address that Spark can fetch from. A
 * comma would end it, for Spark's own properties are lists with commas.
 */
final class Location {

  static final int LONGEST = 2048;

  private static final String WRITTEN = ".matches('^[a-z][a-z0-9+.-]*://[^,\\\\s]+$') && !";

  private static final String WITHOUT_PATH = ".matches('^(local|file)://[^/]')";

  /** The CEL rule for one. */
  static final String RULE = "self" + WRITTEN + "self" + WITHOUT_PATH;

  /** The CEL rule for a list of them. */
  static final String LIST_RULE = "self.all(each, each" + WRITTEN + "each" + WITHOUT_PATH + ")";

  /** The sentence, after the field's name. */
  static final String MESSAGE =
      " takes local:///path/in/the/image or an address such as https://host/file or"
          + " s3a://bucket/file, without blanks and commas";

  private Location() {}
}
