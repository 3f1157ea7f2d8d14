package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestWriterTest {

  private final RequestSheet sheet = new RequestSheet();
  private final ManualScheduler thread = new ManualScheduler();
  private final List<JsonNode> patches = new ArrayList<>();
  private boolean apiServerIsAway;
  private boolean weAreWrong;
  private final RequestWriter writer = new RequestWriter(sheet, this::patch, thread);

  private void patch(JsonNode patch) throws IOException {
    if (apiServerIsAway) {
      throw new IOException("connection refused");
    }
    if (weAreWrong) {
      throw new IllegalStateException("a bug");
    }
    patches.add(patch);
  }

  @AfterEach
  void shutDown() {
    thread.shutdownNow();
  }

  @Test
  void manyAsksInARowBecomeOneWriteWithTheLastOfThem() {
    for (int total = 1; total <= 8; total++) {
      ask(total);
      writer.soon();
    }

    assertThat(thread.delays()).hasSize(1);
    thread.runNext();

    assertThat(patches).singleElement().satisfies(patch -> assertThat(total(patch)).isEqualTo(8));
  }

  @Test
  void whatIsAskedBeforeThereIsARequestIsWrittenOnceThereIsOne() {
    writer.hold();
    ask(3);
    writer.soon();
    writer.lazily();
    assertThat(thread.delays()).isEmpty();

    writer.release(JsonNodeFactory.instance.objectNode());
    thread.runNext();

    assertThat(patches).singleElement().satisfies(patch -> assertThat(total(patch)).isEqualTo(3));
  }

  @Test
  void whatTheOperatorHasAskedForAlreadyIsNotWrittenAgain() throws IOException {
    writer.hold();
    ask(3);
    writer.soon();

    writer.release(
        json(
            "{'asks': [{'profile': 0, 'total': 3, 'cores': 1, 'memory': '1024m',"
                + " 'memoryOverhead': '384m', 'resources': {}}],"
                + " 'release': [], 'leaving': [], 'seenEnded': 0, 'opening': {'granted': []}}"));
    assertThat(thread.delays()).isEmpty();
    writer.soon();
    thread.runNext();
    assertThat(patches).isEmpty();

    ask(4);
    writer.soon();
    thread.runNext();
    assertThat(patches).singleElement().satisfies(patch -> assertThat(total(patch)).isEqualTo(4));
  }

  @Test
  void whatWasHeldBackGoesOutAtTheEndThoughTheRequestCouldNeverBeRead() {
    writer.hold();
    ask(0);
    sheet.askForNothing();

    writer.release();
    thread.runNext();

    assertThat(patches).singleElement().satisfies(patch -> assertThat(total(patch)).isZero());
  }

  @Test
  void nothingIsWrittenWhenNothingHasChanged() {
    ask(1);
    writer.soon();
    thread.runNext();
    writer.soon();
    thread.runNext();

    assertThat(patches).hasSize(1);
  }

  @Test
  void newsWaitForTwoSecondsAfterAWriteAndAsksDoNot() {
    ask(1);
    writer.soon();
    thread.runNext();

    sheet.progress(JsonNodeFactory.instance.objectNode().put("percent", 5));
    writer.lazily();
    assertThat(thread.delays())
        .singleElement()
        .satisfies(delay -> assertThat(delay).isBetween(1900L, 2000L));

    ask(2);
    writer.soon();
    assertThat(thread.delays()).containsExactly(0L);
  }

  @Test
  void theGraphIsWrittenWhenItIsNewAndStaysAsItIsInAPatchThatDoesNotNameIt() {
    progress(1, "graph one");
    progress(2, "graph one");
    assertThat(patches.get(0).at("/spec/progress/graph").asText()).isEqualTo("graph one");
    assertThat(patches.get(1).at("/spec/progress").has("graph")).isFalse();
    assertThat(patches.get(1).at("/spec/progress/percent").asInt()).isEqualTo(2);

    apiServerIsAway = true;
    progress(3, "graph two");
    apiServerIsAway = false;
    progress(4, "graph two");

    assertThat(patches.get(2).at("/spec/progress/graph").asText())
        .as("it was not taken the first time")
        .isEqualTo("graph two");
  }

  private void progress(int percent, String graph) {
    sheet.progress(
        JsonNodeFactory.instance.objectNode().put("percent", percent).put("graph", graph));
    writer.soon();
    thread.runNext();
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgainLaterAndLaterWithWhatIsTrueThen() {
    apiServerIsAway = true;
    ask(1);
    writer.soon();
    List<Long> delays = new ArrayList<>();
    for (int failure = 0; failure < 8; failure++) {
      thread.runNext();
      delays.add(thread.delays().get(0));
    }
    assertThat(delays).isSorted();
    assertThat(delays.get(0)).isBetween(150L, 200L);
    assertThat(delays.get(7)).isBetween(9_900L, 10_000L);

    apiServerIsAway = false;
    ask(6);
    writer.soon();
    thread.runNext();

    assertThat(patches).singleElement().satisfies(patch -> assertThat(total(patch)).isEqualTo(6));
  }

  @Test
  void neitherNewsNorAsksShortenThePauseAfterAFailure() {
    apiServerIsAway = true;
    ask(1);
    writer.soon();
    for (int failure = 0; failure < 8; failure++) {
      thread.runNext();
    }

    sheet.progress(JsonNodeFactory.instance.objectNode().put("percent", 5));
    writer.lazily();
    ask(2);
    writer.soon();

    assertThat(thread.delays())
        .singleElement()
        .satisfies(delay -> assertThat(delay).isGreaterThan(9_000L));
  }

  @Test
  void anUnexpectedExceptionEndsTheWriterAsLittleAsAnExpectedOne() {
    weAreWrong = true;
    ask(1);
    writer.soon();
    thread.runNext();
    weAreWrong = false;
    thread.runNext();

    assertThat(patches).hasSize(1);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private void ask(int total) {
    sheet.ask(List.of(new Ask(0, total, 1, "1024m", "384m", Map.of())));
  }

  private static int total(JsonNode patch) {
    return patch.at("/spec/asks/0/total").asInt();
  }
}
