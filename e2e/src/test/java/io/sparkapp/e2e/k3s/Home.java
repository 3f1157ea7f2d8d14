package io.sparkapp.e2e.k3s;

import java.nio.file.Path;

/** The project's folder, where examples, images and chart are. */
final class Home {

  private Home() {}

  static Path of(String path) {
    return Path.of(System.getProperty("sparkapp.home", ".."))
        .toAbsolutePath()
        .normalize()
        .resolve(path);
  }
}
