package io.sparkapp.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the images are built on: a Java runtime.
 *
 * @param reference as registries have it, or {@code tar://PATH} of a docker-archive
 */
record BaseImage(String reference) {

  private static final String TAR = "tar://";

  JibContainerBuilder builder() {
    try {
      return reference.startsWith(TAR) ? Jib.from(TarImage.at(file())) : Jib.from(reference);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(
          "--base=" + reference + " is neither an image's name nor tar:// and a path.", e);
    }
  }

  /** As registries have it; a file has no name that means something elsewhere. */
  Optional<String> name() {
    return Optional.of(reference).filter(each -> !each.startsWith(TAR));
  }

  private Path file() {
    Path file = Path.of(reference.substring(TAR.length()));
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("--base=" + reference + ": there is no such file.");
    }
    return file;
  }
}
