package io.sparkapp.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Writes images by Jib: as tar files that {@code docker load} takes, or to a registry. */
final class ImageWriter {

  private final BaseImage base;
  private final String version;
  private final Path caches;

  /**
   * @param version for the label {@code org.opencontainers.image.version}
   * @param caches where layers are kept between builds
   */
  ImageWriter(BaseImage base, String version, Path caches) {
    this.base = base;
    this.version = version;
    this.caches = caches;
  }

  /**
   * Writes a docker-archive.
   *
   * @return the image's id: equal for equal content
   */
  String tar(ImagePlan plan, ImageReference name, Path tar) throws IOException {
    Files.createDirectories(tar.toAbsolutePath().getParent());
    return write(plan, Containerizer.to(TarImage.at(tar).named(name)));
  }

  /** Pushes, with the credentials that docker and podman keep for the registry. */
  String push(ImagePlan plan, ImageReference name) throws IOException {
    CredentialRetrieverFactory credentials =
        CredentialRetrieverFactory.forImage(name, event -> log(event));
    try {
      return write(
          plan,
          Containerizer.to(
              RegistryImage.named(name)
                  .addCredentialRetriever(credentials.dockerConfig())
                  .addCredentialRetriever(credentials.wellKnownCredentialHelpers())));
    } catch (RuntimeException e) {
      throw new IOException("Image " + name + " could not be pushed: " + e.getMessage(), e);
    }
  }

  static ImageReference name(String text) {
    try {
      return ImageReference.parse(text);
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(text + " is no image name.", e);
    }
  }

  private String write(ImagePlan plan, Containerizer target) throws IOException {
    JibContainerBuilder image = base.builder();
    plan.layers().forEach(layer -> image.addFileEntriesLayer(layer.forJib()));
    image
        .setCreationTime(Instant.EPOCH)
        .setUser(ProductImages.USER)
        .setWorkingDirectory(AbsoluteUnixPath.get(ProductImages.WORK_DIR))
        .setEntrypoint(plan.entrypoint())
        .setLabels(
            Map.of(
                "org.opencontainers.image.title",
                "sparkapp/" + plan.name(),
                "org.opencontainers.image.description",
                plan.description(),
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.licenses",
                "Apache-2.0"));
    base.name().ifPresent(name -> image.addLabel("org.opencontainers.image.base.name", name));
    plan.environment().forEach(image::addEnvironmentVariable);
    try {
      return image
          .containerize(
              target
                  .setToolName("sparkapp")
                  .setBaseImageLayersCache(caches.resolve("base"))
                  .setApplicationLayersCache(caches.resolve("layers"))
                  .addEventHandler(LogEvent.class, ImageWriter::log))
          .getImageId()
          .toString();
    } catch (ExecutionException e) {
      throw new IOException(sentence(plan, e.getCause()), e);
    } catch (RegistryException | CacheDirectoryCreationException e) {
      throw new IOException(sentence(plan, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The build of image " + plan.name() + " was interrupted.", e);
    }
  }

  private String sentence(ImagePlan plan, Throwable cause) {
    return "Image "
        + plan.name()
        + " could not be built on "
        + base.reference()
        + ": "
        + cause.getMessage()
        + " (another base image is named by --base)";
  }

  private static void log(LogEvent event) {
    if (event.getLevel() == LogEvent.Level.ERROR || event.getLevel() == LogEvent.Level.WARN) {
      System.err.println(event.getMessage());
    }
  }
}
