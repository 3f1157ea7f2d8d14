package io.sparkapp.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One jar for every Spark of a line: it needs the JDK and what Spark itself cannot be without. */
@AnalyzeClasses(
    packages = "io.sparkapp.driver",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

  @ArchTest
  static final ArchRule theDriverNeedsNothingButTheJdkAndSpark =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.sparkapp.driver..",
              "java..",
              "javax.net.ssl..",
              "org.apache.spark..",
              "org.apache.hadoop.conf..",
              "org.antlr.v4.runtime..",
              "scala..",
              "com.fasterxml.jackson..",
              "org.slf4j..",
              // In the jar, under a name of ours.
              "org.snakeyaml.engine..");
}
