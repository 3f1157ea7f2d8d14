package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs with every line of Spark that the jar is for, on the jar as it was compiled with one of
 * them.
 */
class LinkageTest {

  private static final ImportOption NOT_THE_TESTS_JAR =
      location -> !location.contains("-tests.jar");

  @Test
  void allThatIsCalledOfSparkIsThere() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(NOT_THE_TESTS_JAR)
            .importPackages("io.sparkapp.driver");

    List<JavaAccess<?>> calls =
        ours.stream()
            .flatMap(each -> each.getAccessesFromSelf().stream())
            .filter(call -> call.getTargetOwner().getPackageName().startsWith("org.apache.spark"))
            .filter(call -> call.getTarget() instanceof CodeUnitCallTarget)
            .toList();

    assertThat(calls).hasSizeGreaterThan(100);
    assertThat(calls)
        .filteredOn(call -> call.getTarget().resolveMember().isEmpty())
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }
}
