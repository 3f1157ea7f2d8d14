package io.sparkapp.cli.convert;

/** Versions that other operators want to be told; here the image says which it has. */
final class Versions {

  private Versions() {}

  static void spark(Source version, Findings findings) {
    version
        .text()
        .filter(text -> !text.startsWith("4."))
        .ifPresent(
            text ->
                findings.lost(
                    version,
                    "Spark " + text + " does not run here: the image has to have Spark 4."));
  }

  static void image(Source version, Findings findings) {
    version.text().ifPresent(text -> findings.note(version, "the image says which it has."));
  }
}
