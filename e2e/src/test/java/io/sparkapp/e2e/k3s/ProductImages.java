package io.sparkapp.e2e.k3s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The archives of the images under test; {@code images/build} makes them. */
final class ProductImages {

  static final List<String> NAMES = List.of("operator", "driver", "executor");

  private ProductImages() {}

  static List<Path> built() {
    return NAMES.stream().map(ProductImages::archive).toList();
  }

  /** Whether drivers and executors can run Python programs. */
  static boolean havePython() {
    return new ImageArchive(archive("driver"))
        .config()
        .at("/config/Env")
        .toString()
        .contains("PYTHONPATH=");
  }

  static Path archive(String name) {
    Path folder =
        Path.of(System.getProperty("sparkapp.images", Home.of("images/target").toString()));
    Path archive = folder.resolve(name + ".tar").toAbsolutePath().normalize();
    if (!Files.isRegularFile(archive)) {
      throw new IllegalStateException("There is no " + archive + ": run images/build first.");
    }
    return archive;
  }
}
