package io.sparkapp.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference.md} has every field of every kind. {@code -Dreference.update} writes it
 * anew instead of comparing.
 */
class FieldReferenceTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOC = ROOT.resolve("docs/reference.md");

  private final List<Field> fields = Field.all(CrdFiles.generate().values());

  @Test
  void everyFieldSaysWhatItIs() {
    assertThat(fields)
        .hasSizeGreaterThan(400)
        .filteredOn(field -> field.description().isBlank())
        .extracting(Field::name)
        .as("fields without a description: give them a @JsonPropertyDescription")
        .isEmpty();
  }

  @Test
  void everyRuleHasAMessageForWhoeverBreaksIt() {
    assertThat(fields).flatExtracting(Field::rules).isNotEmpty().noneMatch(String::isBlank);
  }

  @Test
  void theReferenceIsThatOfTheResourcesAsTheyAre() throws IOException {
    String wanted = new FieldReference(ROOT.resolve("examples")).markdown(fields);
    if (System.getProperty("reference.update") != null) {
      Files.writeString(DOC, wanted);
    }
    assertThat(DOC)
        .as("written by: mvn test -pl crds -Dtest=FieldReferenceTest -Dreference.update")
        .hasContent(wanted);
  }

  @Test
  void theDefaultOfAFieldStandsInItsLine() throws IOException {
    assertThat(Files.readAllLines(DOC))
        .anyMatch(
            line ->
                line.contains("`spec.executor.memory`")
                    && line.contains("`1g`")
                    && line.contains("as Spark does"));
  }
}
