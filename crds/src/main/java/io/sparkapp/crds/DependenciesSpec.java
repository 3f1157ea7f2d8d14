package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What the program needs beside itself, resolved in the driver's pod. Files are {@code
 * local:///path} in the image, or what Spark can fetch: http, https, s3a and Hadoop's other file
 * systems.
 *
 * @param jars on the class path of driver and executors
 * @param files in the working directory of driver and executors
 * @param pyFiles {@code .py}, {@code .zip} and {@code .egg} on Python's path, everywhere
 * @param archives unpacked in the working directory of driver and executors, under their own name
 *     or under that after {@code #}
 * @param packages Maven coordinates {@code group:artifact:version}, with all they depend on
 * @param excludePackages {@code group:artifact} that packages depend on and that is left out
 * @param repositories Maven repositories that are asked beside Maven Central
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DependenciesSpec(
    @Size(max = MOST)
        @ValidationRule(
            value = Location.LIST_RULE,
            message = "spec.dependencies.jars" + Location.MESSAGE)
        @JsonPropertyDescription(
            "Jars on the class path of driver and executors: local:///path, https://, s3a://.")
        List<@Size(min = 1, max = Location.LONGEST) String> jars,
    @Size(max = MOST)
        @ValidationRule(
            value = Location.LIST_RULE,
            message = "spec.dependencies.files" + Location.MESSAGE)
        @JsonPropertyDescription(
            "Files in the working directory of driver and executors; #NAME after one renames it.")
        List<@Size(min = 1, max = Location.LONGEST) String> files,
    @Size(max = MOST)
        @ValidationRule(
            value = Location.LIST_RULE,
            message = "spec.dependencies.pyFiles" + Location.MESSAGE)
        @JsonPropertyDescription(
            "Python files, .py, .zip or .egg, on the PYTHONPATH of driver and executors.")
        List<@Size(min = 1, max = Location.LONGEST) String> pyFiles,
    @Size(max = MOST)
        @ValidationRule(
            value = Location.LIST_RULE,
            message = "spec.dependencies.archives" + Location.MESSAGE)
        @JsonPropertyDescription(
            "Archives (.zip, .tar.gz, .tgz, .tar, .jar) unpacked in the working directory of driver and executors, as #NAME says.")
        List<@Size(min = 1, max = Location.LONGEST) String> archives,
    @Size(max = MOST)
        @ValidationRule(
            value = "self.all(each, each.matches('^[^:,\\\\s]+:[^:,\\\\s]+:[^:,\\\\s]+$'))",
            message =
                "spec.dependencies.packages takes Maven coordinates as group:artifact:version, such"
                    + " as org.postgresql:postgresql:42.7.4")
        @JsonPropertyDescription(
            "Maven coordinates, group:artifact:version, resolved in the driver's pod with all that they depend on.")
        List<@Size(min = 1, max = LONGEST_NAME) String> packages,
    @Size(max = MOST)
        @ValidationRule(
            value = "self.all(each, each.matches('^[^:,\\\\s]+:[^:,\\\\s]+$'))",
            message =
                "spec.dependencies.excludePackages takes group:artifact, without a version, such as"
                    + " org.slf4j:slf4j-api")
        @JsonPropertyDescription(
            "What of the packages' own dependencies is left out, as group:artifact.")
        List<@Size(min = 1, max = LONGEST_NAME) String> excludePackages,
    @Size(max = MOST)
        @ValidationRule(
            value = "self.all(each, each.matches('^(https?|file)://[^,\\\\s]+$'))",
            message =
                "spec.dependencies.repositories takes addresses of Maven repositories, such as"
                    + " https://repo.acme.com/maven")
        @JsonPropertyDescription("Maven repositories that are asked beside Maven Central.")
        List<@Size(min = 1, max = LONGEST_NAME) String> repositories) {

  private static final int MOST = 200;
  private static final int LONGEST_NAME = 1024;

  /** Nothing beside the program itself. */
  public static final DependenciesSpec NONE =
      new DependenciesSpec(null, null, null, null, null, null, null);

  public DependenciesSpec {
    jars = jars == null ? List.of() : List.copyOf(jars);
    files = files == null ? List.of() : List.copyOf(files);
    pyFiles = pyFiles == null ? List.of() : List.copyOf(pyFiles);
    archives = archives == null ? List.of() : List.copyOf(archives);
    packages = packages == null ? List.of() : List.copyOf(packages);
    excludePackages = excludePackages == null ? List.of() : List.copyOf(excludePackages);
    repositories = repositories == null ? List.of() : List.copyOf(repositories);
  }
}
