package io.sparkapp.driver;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.DependencyUtils;

/** Brings files into this pod, each once, with Spark's own fetcher. */
final class FetchedFiles {

  private final Path folder;
  private final Map<String, Path> fetched = new HashMap<>();
  private Configuration hadoop;

  /**
   * @param folder where they are put, each in a folder of its own: two may have the same name
   */
  FetchedFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the file is in this pod.
   *
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  Path path(Location location) {
    if (location.inThisPod()) {
      return ImageFile.path(location.address(), location.field());
    }
    Path known = fetched.get(location.address());
    if (known != null) {
      return known;
    }
    Path path = fetch(location);
    fetched.put(location.address(), path);
    return path;
  }

  /** The files that a pattern with {@code *} stands for; the location itself when it has none. */
  List<Location> matching(Location location) {
    if (!location.address().contains("*")) {
      return List.of(location);
    }
    try {
      String found = DependencyUtils.resolveGlobPaths(location.text(), configuration());
      return Arrays.stream(found.split(","))
          .map(text -> new Location(text, location.field()))
          .toList();
    } catch (Exception e) {
      throw new ProgramNotFoundException(sentence(location, e), e);
    }
  }

  // Scala declares no exceptions; the fetcher throws checked ones.
  private Path fetch(Location location) {
    System.err.println("Fetching " + location.address() + ".");
    try {
      Path own = Files.createDirectories(folder.resolve(Integer.toString(fetched.size())));
      String local =
          DependencyUtils.downloadFile(
              location.address(), own.toFile(), new SparkConf(), configuration());
      return Path.of(URI.create(local));
    } catch (Exception e) {
      throw new ProgramNotFoundException(sentence(location, e), e);
    }
  }

  /** Not before it is needed: loading Hadoop's file systems takes a second. */
  private Configuration configuration() {
    if (hadoop == null) {
      hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    }
    return hadoop;
  }

  static String sentence(Location location, Exception e) {
    String what = location.text() + " of " + location.field() + " can not be fetched: ";
    if (unknownFileSystem(e)) {
      return what
          + "this image has no file system for "
          + location.scheme()
          + "://; add one to spec.dependencies.packages, such as"
          + " org.apache.hadoop:hadoop-aws for s3a, or to the image.";
    }
    if (e instanceof FileNotFoundException) {
      return what + "it is not there.";
    }
    if (e instanceof UnknownHostException) {
      return what + "there is no host " + e.getMessage() + ", as far as the driver's pod can see.";
    }
    if (e instanceof ConnectException) {
      return what + "nothing answers at that address (" + e.getMessage() + ").";
    }
    String words = e.getMessage() == null ? "" : ": " + Failure.firstLine(e.getMessage());
    return what + (e instanceof IOException ? "" : e.getClass().getSimpleName()) + words + ".";
  }

  private static boolean unknownFileSystem(Exception e) {
    String text = e.toString();
    return text.contains("UnsupportedFileSystemException")
        || text.contains("ClassNotFoundException")
        || text.contains("No FileSystem for scheme");
  }
}
