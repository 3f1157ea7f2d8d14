package io.sparkapp.operator.applicationmaster;

import io.sparkapp.crds.DependenciesSpec;
import io.sparkapp.crds.MainProgram;
import io.sparkapp.crds.SparkAppSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spark's own properties for what the program needs beside itself. The driver's launcher fetches
 * it: nothing is resolved here.
 */
final class DependencyProperties {

  private DependencyProperties() {}

  /**
   * The fields and what {@code sparkConf} adds to them, the fields first; nothing that is empty.
   */
  static Map<String, String> of(SparkAppSpec spec) {
    DependenciesSpec dependencies =
        Optional.ofNullable(spec.dependencies()).orElse(DependenciesSpec.NONE);
    Map<String, List<String>> fields = new TreeMap<>();
    fields.put("spark.jars", jars(spec, dependencies));
    fields.put("spark.files", dependencies.files());
    fields.put("spark.submit.pyFiles", dependencies.pyFiles());
    fields.put("spark.archives", dependencies.archives());
    fields.put("spark.jars.packages", dependencies.packages());
    fields.put("spark.jars.excludes", dependencies.excludePackages());
    fields.put("spark.jars.repositories", dependencies.repositories());
    Map<String, String> properties = new TreeMap<>();
    fields.forEach(
        (key, values) -> {
          String all =
              Stream.concat(values.stream(), Stream.ofNullable(spec.sparkConf().get(key)))
                  .filter(each -> !each.isBlank())
                  .distinct()
                  .collect(Collectors.joining(","));
          if (!all.isEmpty()) {
            properties.put(key, all);
          }
        });
    return properties;
  }

  /** The program's own jar comes before all others. */
  private static List<String> jars(SparkAppSpec spec, DependenciesSpec dependencies) {
    return Stream.concat(
            Optional.ofNullable(spec.main()).map(MainProgram::jar).stream(),
            dependencies.jars().stream())
        .toList();
  }
}
