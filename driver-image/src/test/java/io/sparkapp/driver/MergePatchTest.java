package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  private static final String OBJECT =
      "{'seen': 0, 'release': [], 'asks': [{'profile': 0, 'total': 2, 'resources': {}}], 'more': 1}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}
          {'seen': 0, 'end': null, 'release': [], 'left': []}
          {'asks': [{'profile': 0, 'total': 2}]}
          {'preferred': {'node-1': null}}
          """)
  void whatIsThereAlreadyChangesNothing(String patch) throws IOException {
    assertThat(changesNothing(patch)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'seen': 1}
          {'more': null}
          {'stopping': true}
          {'release': ['3']}
          {'asks': [{'profile': 0, 'total': 3}]}
          {'asks': [{'profile': 0}]}
          {'asks': [{'profile': 0, 'total': 2}, {'profile': 1, 'total': 2}]}
          {'asks': []}
          """)
  void whatIsOtherwiseThereChangesIt(String patch) throws IOException {
    assertThat(changesNothing(patch)).isFalse();
  }

  @Test
  void anEmptyObjectInAListIsAnElement() throws IOException {
    assertThat(MergePatch.changesNothing(json("[{}]"), json("[]"))).isFalse();
  }

  private static boolean changesNothing(String patch) throws IOException {
    return MergePatch.changesNothing(json(patch), json(OBJECT));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
