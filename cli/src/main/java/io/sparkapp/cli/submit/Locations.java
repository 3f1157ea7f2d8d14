package io.sparkapp.cli.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of a file that is named without saying whose it is: to spark-submit it is one of the
 * machine that it runs on, and drivers run elsewhere.
 *
 * @param directory where relative paths start
 * @param reach who can reach the files of this machine
 */
public record Locations(Path directory, Reach reach) {

  /** Who can reach the files of this machine. */
  public enum Reach {
    /** Pods too: they are processes of this machine. */
    PODS,
    /** The command only. */
    COMMAND,
    /** Nobody: the line or manifest was written for another machine. */
    NOBODY
  }

  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://[^,\\s]+");
  private static final String LOCAL = "local://";
  private static final String FILE = "file:";

  /** Where containers of the local cluster have directories of their own. */
  private static final List<String> PODS_OWN = List.of("/tmp/", "/opt/", "/var/", "/etc/");

  private static final String ELSEWHERE =
      "put it into the image and write local:///path/in/the/image, or onto a server (https://,"
          + " s3a://) that the driver can fetch it from";

  /**
   * The location as a SparkApp takes it.
   *
   * @param subject who names it, for remarks
   * @return empty when there is no way to write it
   */
  Optional<String> of(String subject, String written, Remarks remarks) {
    String text = written.strip();
    if (text.startsWith(LOCAL + "/") || isElsewhere(text)) {
      if (ADDRESS.matcher(text).matches()) {
        return Optional.of(text);
      }
      remarks.refused(
          subject, text + " has a blank or a comma in it, which Spark's lists can not have.");
      return Optional.empty();
    }
    String path =
        text.startsWith(FILE) ? text.substring(FILE.length()).replaceFirst("^/+", "/") : text;
    return switch (reach) {
      case PODS -> ofThisMachine(subject, path, remarks);
      case COMMAND -> {
        remarks.refused(
            subject,
            text
                + " is a file of this machine, and the driver runs in the cluster: "
                + ELSEWHERE
                + ".");
        yield Optional.empty();
      }
      case NOBODY -> inImage(subject, path, remarks);
    };
  }

  /** The text of a file that the command itself reads, such as a pod template. */
  Optional<String> read(String subject, String written, Remarks remarks) {
    String path =
        written.startsWith(FILE)
            ? written.substring(FILE.length()).replaceFirst("^/+", "/")
            : written;
    if (isElsewhere(written) || written.startsWith(LOCAL)) {
      remarks.lost(subject, written + " can not be read from here: name a file of this machine.");
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(directory.resolve(path)));
    } catch (IOException e) {
      remarks.lost(subject, "there is no readable file " + path + " here.");
      return Optional.empty();
    }
  }

  private static boolean isElsewhere(String text) {
    return text.matches("[a-z][a-z0-9+.-]*://.*")
        && !text.startsWith(FILE)
        && !text.startsWith(LOCAL);
  }

  private Optional<String> ofThisMachine(String subject, String path, Remarks remarks) {
    int hash = path.indexOf('#');
    Path file =
        directory.resolve(hash < 0 ? path : path.substring(0, hash)).toAbsolutePath().normalize();
    if (!path.contains("*") && !Files.isReadable(file)) {
      remarks.refused(subject, "there is no file " + file + ".");
      return Optional.empty();
    }
    String absolute = file.toString();
    // Pods of the local cluster see their own files under such paths, unless they are written so.
    String shown = PODS_OWN.stream().anyMatch(absolute::startsWith) ? "/." + absolute : absolute;
    String location = "file://" + shown + (hash < 0 ? "" : path.substring(hash));
    if (!ADDRESS.matcher(location).matches()) {
      remarks.refused(
          subject, path + " has a blank or a comma in it, which Spark's lists can not have.");
      return Optional.empty();
    }
    return Optional.of(location);
  }

  private static Optional<String> inImage(String subject, String path, Remarks remarks) {
    String location = LOCAL + (path.startsWith("/") ? path : "/opt/spark/work-dir/" + path);
    if (!ADDRESS.matcher(location).matches()) {
      remarks.lost(subject, "\"" + path + "\" is no path that Spark's lists can have.");
      return Optional.empty();
    }
    remarks.lost(
        subject,
        path
            + " was a file of the machine that submits; "
            + location
            + " in the image stands for it now: "
            + ELSEWHERE
            + ".");
    return Optional.of(location);
  }
}
