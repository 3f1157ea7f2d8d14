package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestSheetTest {

  private final RequestSheet sheet = new RequestSheet();

  @Test
  void theLastTotalsWinAndAProfileThatIsNotNamedAnyMoreIsWantedNoMore() {
    sheet.ask(List.of(ask(0, 4), ask(1, 2)));
    sheet.ask(List.of(ask(0, 3)));

    JsonNode asks = sheet.patch().at("/spec/asks");

    assertThat(asks).hasSize(2);
    assertThat(asks.at("/0/total").asInt()).isEqualTo(3);
    assertThat(asks.at("/1/total").asInt()).isZero();
  }

  @Test
  void everyPatchIsWholeSoThatOneMayBeLost() {
    sheet.ask(List.of(ask(0, 1)));
    sheet.release(List.of("7"));
    sheet.askWhyDisconnected("3");

    JsonNode spec = sheet.patch().at("/spec");

    assertThat(spec.at("/asks/0/memory").asText()).isEqualTo("1024m");
    assertThat(spec.at("/release/0").asText()).isEqualTo("7");
    assertThat(spec.at("/disconnected/0").asText()).isEqualTo("3");
  }

  @Test
  void whatTheOperatorHasToldIsNotAskedForAgain() {
    sheet.release(List.of("7"));
    sheet.askWhyDisconnected("3");

    sheet.seen(12, List.of("3", "7"));

    JsonNode spec = sheet.patch().at("/spec");
    assertThat(spec.at("/release")).isEmpty();
    assertThat(spec.at("/disconnected")).isEmpty();
    assertThat(spec.at("/seenEnded").asLong()).isEqualTo(12);
    assertThat(sheet.isReleased("7")).isFalse();
  }

  @Test
  void whoIsLeavingIsToldAtOnceWhileTheQueueTakesBack() {
    assertThat(sheet.queueTakesBack(true)).as("nobody is leaving yet").isFalse();

    assertThat(sheet.leave(List.of("7", "12"))).isTrue();
    assertThat(sheet.leave(List.of("7"))).as("known already").isFalse();

    assertThat(leaving()).containsExactly("12", "7");
    assertThat(sheet.queueTakesBack(true)).as("told already").isFalse();
  }

  @Test
  void whoWasLeavingBeforeIsToldOnceTheQueueTakesBack() {
    sheet.leave(List.of("7"));

    assertThat(sheet.queueTakesBack(true)).isTrue();

    assertThat(leaving()).containsExactly("7");
  }

  @Test
  void whoIsLeavingCausesNoWriteWhereNoQueueTakesBack() {
    JsonNode before = sheet.patch();

    assertThat(sheet.leave(List.of("7"))).isFalse();

    assertThat(sheet.patch()).isEqualTo(before);
    sheet.queueTakesBack(true);
    assertThat(sheet.queueTakesBack(false)).isFalse();
    assertThat(sheet.patch()).isEqualTo(before);
  }

  @Test
  void whoIsGoneIsNotLeavingAnyMore() {
    sheet.queueTakesBack(true);
    sheet.leave(List.of("7", "8", "9"));

    sheet.left("7");
    sheet.seen(3, List.of("8"));

    assertThat(leaving()).containsExactly("9");
  }

  @Test
  void aDriverThatHasAskedForNothingYetTakesNothingBack() {
    assertThat(sheet.patch().at("/spec/asks").isMissingNode()).isTrue();
  }

  @Test
  void aDriverThatStopsAsksForNothingWhateverSparkMayStillWant() {
    sheet.ask(List.of(ask(0, 4)));
    sheet.askForNothing();
    sheet.ask(List.of(ask(0, 5)));

    assertThat(sheet.patch().at("/spec/asks/0/total").asInt(-1)).isZero();
  }

  @Test
  void itTellsSinceWhenTheDriverStopsHoweverOftenItIsTold() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00.7Z"));
    RequestSheet stopping = new RequestSheet(now::get);
    assertThat(stopping.patch().at("/spec/stopping").isNull()).isTrue();

    stopping.askForNothing();
    now.set(now.get().plusSeconds(9));
    stopping.askForNothing();

    assertThat(stopping.patch().at("/spec/stopping").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void whatAnEarlierContextOfTheSameJvmHasToldIsTakenBack() {
    assertThat(sheet.patch().at("/spec/progress").isNull()).isTrue();
  }

  private List<String> leaving() {
    List<String> ids = new ArrayList<>();
    sheet.patch().at("/spec/leaving").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static Ask ask(int profile, int total) {
    return new Ask(profile, total, 1, "1024m", "384m", Map.of());
  }
}
