package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkapp.driver.RequestStatus.Bounds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestStatusTest {

  private static final String OPENING =
      """
      "spec": {"opening": {"bounds": {"generation": 1, "min": 2, "max": 4}}}""";

  @Test
  void untilThereIsAStatusTheAnswerThatTheRequestWasOpenedWithCounts() throws IOException {
    assertThat(read("{" + OPENING + "}").bounds()).contains(new Bounds(1, 2, 4));
  }

  @Test
  void aStatusWinsOverTheFirstAnswer() throws IOException {
    String status =
        """
        "status": {"bounds": {"generation": 2, "min": 1, "max": 8}}""";

    assertThat(read("{" + OPENING + "," + status + "}").bounds()).contains(new Bounds(2, 1, 8));
  }

  @Test
  void operatorsOfOldSayNothingOfBounds() throws IOException {
    assertThat(read("{\"spec\": {}, \"status\": {\"granted\": []}}").bounds()).isEmpty();
  }

  private static RequestStatus read(String request) throws IOException {
    return RequestStatus.of(new ObjectMapper().readTree(request));
  }
}
