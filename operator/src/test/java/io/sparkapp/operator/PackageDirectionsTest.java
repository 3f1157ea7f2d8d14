package io.sparkapp.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.sparkapp.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionsTest {

  @ArchTest
  static final ArchRule theResourceManagerKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("..resourcemanager..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..applicationmaster..",
              "..operator.schedule..",
              "..operator.kubernetes..",
              "..operator.web..",
              "io.fabric8.kubernetes.client..",
              "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule theApplicationMasterDecidesAndCallsNobody =
      noClasses()
          .that()
          .resideInAPackage("..applicationmaster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..operator.schedule..",
              "..operator.kubernetes..",
              "..operator.web..",
              "io.javaoperatorsdk..",
              "java.net..");

  @ArchTest
  static final ArchRule aScheduleStartsApplicationsAndLeavesTheRestToTheirMasters =
      noClasses()
          .that()
          .resideInAPackage("..operator.schedule..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..resourcemanager..",
              "..operator.kubernetes..",
              "..operator.web..",
              "io.javaoperatorsdk..",
              "java.net..");

  @ArchTest
  static final ArchRule onlyOneDoorToTheApiServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..applicationmaster..",
              "..resourcemanager..",
              "..operator.schedule..",
              "..operator.web..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("io\\.fabric8\\.kubernetes\\.client\\.KubernetesClient.*");

  @ArchTest
  static final ArchRule decisionsTakeTheTimeAsAnInput =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..applicationmaster..", "..resourcemanager..", "..operator.schedule..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
