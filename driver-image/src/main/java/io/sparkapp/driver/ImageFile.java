package io.sparkapp.driver;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the driver's image that a spec names. */
final class ImageFile {

  private ImageFile() {}

  /**
   * Where it is.
   *
   * @param text as {@code local:///path}
   * @param field the spec's field that names it
   * @throws ProgramNotFoundException when it names no file of this image, or one that is not there
   */
  static Path path(String text, String field) {
    Path file = parse(text, field);
    if (!Files.isReadable(file)) {
      throw new ProgramNotFoundException(
          "There is no " + text + " in the driver's image: check " + field + " and the image.");
    }
    return file;
  }

  private static Path parse(String text, String field) {
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme();
      boolean here = scheme == null || scheme.equals("local") || scheme.equals("file");
      if (!here || uri.getPath() == null || uri.getPath().isEmpty()) {
        throw new ProgramNotFoundException(
            text
                + " is no path in the driver's image: "
                + field
                + " takes local:///path/of/file, and the image has to hold it.");
      }
      return Path.of(uri.getPath());
    } catch (IllegalArgumentException e) {
      throw new ProgramNotFoundException(
          text + " is no URI: " + field + " takes local:///path/of/file.", e);
    }
  }
}
