package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
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

  private static Ask ask(int profile, int total) {
    return new Ask(profile, total, 1, "1024m", "384m", Map.of());
  }
}
