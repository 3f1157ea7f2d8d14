package io.sparkapp.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.util.DependencyUtils;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Maven packages, resolved as SparkSubmit does it: by Ivy, with Spark's own resolvers. */
final class Packages {

  static final String PACKAGES = "spark.jars.packages";
  static final String EXCLUDES = "spark.jars.excludes";
  static final String REPOSITORIES = "spark.jars.repositories";
  private static final String IVY = "spark.jars.ivy";
  private static final String IVY_SETTINGS = "spark.jars.ivySettings";
  private static final String CENTRAL = "DEFAULT_ARTIFACT_REPOSITORY";

  private static final Pattern PROBLEMS = Pattern.compile("^\\[(.*)]$", Pattern.DOTALL);

  private Packages() {}

  /**
   * The jars of {@code spark.jars.packages} and of all that they depend on.
   *
   * @param folder where they are kept unless {@code spark.jars.ivy} says otherwise: an image's home
   *     folder can not be written
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  static List<String> resolve(Map<String, String> conf, Path folder) {
    String packages = conf.getOrDefault(PACKAGES, "");
    if (packages.isBlank()) {
      return List.of();
    }
    try {
      return CollectionConverters.asJava(
          DependencyUtils.resolveMavenDependencies(
              true,
              conf.get(EXCLUDES),
              packages,
              conf.get(REPOSITORIES),
              conf.getOrDefault(IVY, folder.toString()),
              Option.apply(conf.get(IVY_SETTINGS))));
    } catch (RuntimeException e) {
      throw new ProgramNotFoundException(sentence(conf, e), e);
    }
  }

  static String sentence(Map<String, String> conf, RuntimeException e) {
    String asked = String.join(", ", conf.getOrDefault(REPOSITORIES, "").split(","));
    String central = System.getenv().getOrDefault(CENTRAL, "Maven Central");
    return "The packages "
        + String.join(", ", conf.get(PACKAGES).split(","))
        + " can not be had from "
        + (asked.isBlank() ? "" : asked + " or ")
        + central
        + " ("
        + problems(e)
        + "): check spec.dependencies.packages and .repositories, and that the driver's pod"
        + " reaches these repositories.";
  }

  /** Ivy's words: a list in brackets, or an exception's. */
  private static String problems(RuntimeException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    Matcher list = PROBLEMS.matcher(message.strip());
    return Failure.firstLine(list.matches() ? list.group(1) : message);
  }
}
