package io.sparkapp.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.util.ChildFirstURLClassLoader;
import org.apache.spark.util.MutableURLClassLoader;
import org.apache.spark.util.Utils;

/**
 * What the program needs beside itself, prepared as SparkSubmit does it: fetched into this pod,
 * from where Spark's own file server gives it to the executors.
 */
final class Dependencies {

  private static final String JARS = "spark.jars";
  private static final String FILES = "spark.files";
  private static final String PY_FILES = "spark.submit.pyFiles";
  private static final String ARCHIVES = "spark.archives";

  private final Map<String, String> conf;
  private final Path folder;
  private final Path workDir;
  private final FetchedFiles fetched;
  private final MutableURLClassLoader classLoader;
  private final Set<String> packages = new LinkedHashSet<>();
  private Optional<Path> main = Optional.empty();

  /**
   * @param conf the Spark properties, as the operator wrote them
   * @param folder where fetched files are kept
   * @param workDir the driver's working directory, which gets files and archives as on YARN
   */
  Dependencies(Map<String, String> conf, Path folder, Path workDir) {
    this.conf = new TreeMap<>(conf);
    this.folder = folder;
    this.workDir = workDir;
    this.fetched = new FetchedFiles(folder);
    this.classLoader = classLoader(conf);
  }

  /**
   * Fetches all of it, the program's own file first.
   *
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  void fetch(Optional<Location> program) {
    packages.addAll(Packages.resolve(conf, folder.resolve("ivy")));
    if (Stream.of(JARS, FILES, PY_FILES, ARCHIVES)
        .flatMap(key -> written(key, "").stream())
        .anyMatch(Location::needsFileSystem)) {
      // One of the packages may bring that file system, and then has to be found first.
      packages.forEach(jar -> classLoader.addURL(url(Path.of(jar))));
    }
    Thread.currentThread().setContextClassLoader(classLoader);
    main = program.map(fetched::path);
    jars();
    boolean inPython = program.filter(file -> file.ownName().endsWith(".py")).isPresent();
    files(pyFiles(inPython));
    archives();
  }

  /** The Spark properties; what they name is in this pod now. */
  Map<String, String> conf() {
    return Map.copyOf(conf);
  }

  /** The program's own file. */
  Path main() {
    return main.orElseThrow();
  }

  /**
   * The class loader of the user's classes. It is a child of Spark's, which keeps the JVM's
   * class-data archive in use.
   */
  MutableURLClassLoader classLoader() {
    return classLoader;
  }

  static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file + " has no URL", e);
    }
  }

  /** Those of the image stay as they are: executors have them too. */
  private void jars() {
    Set<String> jars = new LinkedHashSet<>();
    for (Location jar : locations(JARS, "spec.dependencies.jars")) {
      Path path = fetched.path(jar);
      classLoader.addURL(url(path));
      jars.add(jar.inThisPod() ? jar.text() : path.toString());
    }
    packages.forEach(jar -> classLoader.addURL(url(Path.of(jar))));
    jars.addAll(packages);
    put(JARS, jars);
  }

  /** Packages may hold Python modules too. */
  private Set<String> pyFiles(boolean inPython) {
    Set<String> pyFiles = new LinkedHashSet<>();
    for (Location file : locations(PY_FILES, "spec.dependencies.pyFiles")) {
      pyFiles.add(named(file).toString());
    }
    Set<String> all = new LinkedHashSet<>(pyFiles);
    if (inPython) {
      all.addAll(packages);
    }
    put(PY_FILES, all);
    return pyFiles;
  }

  /** Executors' Python finds its modules among the files. */
  private void files(Set<String> pyFiles) {
    Set<String> files = new LinkedHashSet<>();
    for (Location file : locations(FILES, "spec.dependencies.files")) {
      Path path = named(file);
      copy(path, workDir.resolve(file.name()));
      files.add(path.toString());
    }
    files.addAll(pyFiles);
    put(FILES, files);
  }

  private void archives() {
    Set<String> archives = new LinkedHashSet<>();
    for (Location archive : locations(ARCHIVES, "spec.dependencies.archives")) {
      Path path = fetched.path(archive);
      unpack(archive, path);
      archives.add(path + archive.alias().map(name -> "#" + name).orElse(""));
    }
    put(ARCHIVES, archives);
  }

  /** The file under the name that the user wants it to have. */
  private Path named(Location file) {
    Path path = fetched.path(file);
    if (path.endsWith(file.name())) {
      return path;
    }
    Path renamed = folder.resolve("renamed").resolve(file.name());
    copy(path, renamed);
    return renamed;
  }

  private List<Location> locations(String key, String field) {
    return written(key, field).stream().flatMap(each -> fetched.matching(each).stream()).toList();
  }

  private List<Location> written(String key, String field) {
    return Arrays.stream(conf.getOrDefault(key, "").split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> new Location(text, field))
        .toList();
  }

  private void put(String key, Collection<String> paths) {
    if (paths.isEmpty()) {
      conf.remove(key);
    } else {
      conf.put(key, String.join(",", paths));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(from + " can not be copied to " + to, e);
    }
  }

  // Scala declares no exceptions; this throws checked ones.
  private void unpack(Location archive, Path path) {
    try {
      Utils.unpack(path.toFile(), workDir.resolve(archive.name()).toFile());
    } catch (Exception e) {
      throw new ProgramNotFoundException(
          archive.text() + " of " + archive.field() + " can not be unpacked: " + e + ".", e);
    }
  }

  private static MutableURLClassLoader classLoader(Map<String, String> conf) {
    ClassLoader parent = Dependencies.class.getClassLoader();
    return Boolean.parseBoolean(conf.get("spark.driver.userClassPathFirst"))
        ? new ChildFirstURLClassLoader(new URL[0], parent)
        : new MutableURLClassLoader(new URL[0], parent);
  }
}
