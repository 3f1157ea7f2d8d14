package io.sparkapp.e2e.k3s.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs as a driver and prints who it is, and into which of the folders it is given it can write.
 */
public final class LookAround {

  private LookAround() {}

  public static void main(String[] folders) throws IOException {
    System.out.println("uid: " + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    for (String folder : folders) {
      System.out.println(folder + ": " + (canWrite(Path.of(folder)) ? "written" : "refused"));
    }
  }

  private static boolean canWrite(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "trace", null));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
