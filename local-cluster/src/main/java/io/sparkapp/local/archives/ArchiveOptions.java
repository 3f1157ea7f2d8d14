package io.sparkapp.local.archives;

/** How a JVM is told to start with a class-data archive, in a file of its arguments. */
public final class ArchiveOptions {

  private ArchiveOptions() {}

  /**
   * Lines to be put after the others. The archive is mapped where it was made for: the JVM's own
   * choice is another address each time, for which it rewrites every pointer in the archive before
   * anything else, a tenth of a second, and then shares none of it with other JVMs.
   *
   * @param archive its file, in quotes if it may have blanks
   */
  public static String lines(String archive) {
    return """
        # Where it does not fit, the JVM goes on without.
        -XX:SharedArchiveFile=%s
        -Xshare:auto
        -XX:+UnlockDiagnosticVMOptions
        -XX:ArchiveRelocationMode=0
        -Xlog:cds*=off
        """
        .formatted(archive);
  }
}
