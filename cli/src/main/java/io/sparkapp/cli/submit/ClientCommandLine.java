package io.sparkapp.cli.submit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The spark-submit command that runs the driver on this machine.
 *
 * @param arguments what comes after spark-submit
 * @param hasJar whether Spark will find our jar
 * @param remarks about what a driver of one's own can not have
 */
public record ClientCommandLine(List<String> arguments, boolean hasJar, List<Remark> remarks) {

  /** What of Spark's Kubernetes backend a driver outside hands to the operator. */
  private static final Set<String> HEARD =
      Set.of(
          "spark.kubernetes.container.image",
          "spark.kubernetes.executor.container.image",
          "spark.kubernetes.executor.request.cores",
          "spark.kubernetes.executor.podTemplateFile");

  private static final String CLASS_PATH = "spark.driver.extraClassPath";

  /** To spark-submit they are of its command line, and too late as properties. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "spark.driver.memory", "--driver-memory",
          "spark.driver.extraJavaOptions", "--driver-java-options",
          "spark.driver.extraLibraryPath", "--driver-library-path",
          "spark.jars", "--jars",
          "spark.submit.pyFiles", "--py-files",
          "spark.files", "--files",
          "spark.archives", "--archives");

  public ClientCommandLine {
    arguments = List.copyOf(arguments);
    remarks = List.copyOf(remarks);
  }

  /**
   * Makes it.
   *
   * @param jar our jar; an empty path if Spark has it among its own
   */
  public static ClientCommandLine of(
      SubmitOptions options,
      SubmitTranslation translation,
      Optional<String> namespace,
      Optional<String> context,
      Optional<String> image,
      Optional<Path> jar) {
    Remarks remarks = new Remarks();
    refuse(options, translation, remarks);
    Map<String, String> properties = new LinkedHashMap<>(translation.properties());
    properties.remove("spark.submit.deployMode");
    String master = master(properties.remove("spark.master"), namespace, remarks);
    context.ifPresent(name -> properties.put("spark.sparkapp.context", name));
    image.ifPresent(name -> properties.put("spark.sparkapp.image", name));
    leaveOut(properties, remarks);
    List<String> words = new ArrayList<>(List.of("--master", master));
    if (options.mainClass != null) {
      words.addAll(List.of("--class", options.mainClass));
    }
    if (options.proxyUser != null) {
      words.addAll(List.of("--proxy-user", options.proxyUser));
    }
    classPath(properties, jar)
        .ifPresent(path -> words.addAll(List.of("--driver-class-path", path)));
    properties.forEach((key, value) -> words.addAll(words(key, value)));
    if (options.resource != null) {
      words.add(options.resource);
    }
    words.addAll(options.arguments);
    return new ClientCommandLine(words, jar.isPresent(), remarks.all());
  }

  /** What no driver of one's own can do either; about all else spark-submit will speak itself. */
  private static void refuse(
      SubmitOptions options, SubmitTranslation translation, Remarks remarks) {
    translation.remarks().stream()
        .filter(remark -> Set.of("--remote", "--kill", "--status").contains(remark.subject()))
        .forEach(remark -> remarks.refused(remark.subject(), remark.sentence()));
    if (options.resource == null && options.kill == null && options.status == null) {
      remarks.refused("APP", "the application's jar or file is missing.");
    }
  }

  private static String master(String written, Optional<String> namespace, Remarks remarks) {
    boolean ours = written != null && written.startsWith("sparkapp:");
    String master =
        namespace.map(name -> "sparkapp://" + name).orElse(ours ? written : "sparkapp://");
    if (written != null && !ours) {
      remarks.note("--master", written + " is left out: the master is " + master + ".");
    }
    return master;
  }

  private static void leaveOut(Map<String, String> properties, Remarks remarks) {
    properties.keySet().stream()
        .filter(key -> key.startsWith("spark.kubernetes.") && !HEARD.contains(key))
        .toList()
        .forEach(
            key -> {
              properties.remove(key);
              remarks.lost(
                  key,
                  "it is not carried over with --deploy-mode client: say it in a template,"
                      + " spark.sparkapp.executor.template.");
            });
  }

  private static List<String> words(String key, String value) {
    return OPTIONS.containsKey(key)
        ? List.of(OPTIONS.get(key), value)
        : List.of("--conf", key + "=" + value);
  }

  private static Optional<String> classPath(Map<String, String> properties, Optional<Path> jar) {
    String said = Optional.ofNullable(properties.remove(CLASS_PATH)).orElse("");
    String ours = jar.map(Path::toString).orElse("");
    String path = said.isEmpty() || ours.isEmpty() ? said + ours : ours + ":" + said;
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  /** All words of the command. */
  public List<String> words(String program) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(arguments);
    return words;
  }

  /** The command as a shell takes it. */
  public String shell(String program) {
    return words(program).stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_./:=,@%+-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
