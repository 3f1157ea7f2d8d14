package io.sparkapp.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.sparkapp.local",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionsTest {

  @ArchTest
  static final ArchRule thePartsDoNotKnowTheWhole =
      noClasses()
          .that()
          .resideInAnyPackage("..local.controlplane..", "..local.node..", "..local.controllers..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sparkapp.local");

  @ArchTest
  static final ArchRule theControlPlaneKnowsNeitherNodeNorControllers =
      noClasses()
          .that()
          .resideInAPackage("..local.controlplane..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..local.node..", "..local.controllers..");

  @ArchTest
  static final ArchRule theClusterKnowsNothingOfWhatRunsInIt =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("io.sparkapp.operator..", "io.sparkapp.cli..");
}
