package io.sparkapp.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkQueue;
import io.sparkapp.operator.applicationmaster.ExecutorReport;
import io.sparkapp.operator.applicationmaster.Observed;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

  private static final Visitor ADA = new Visitor("ada", "", List.of(), Map.of());
  private final Router router = router();

  @ParameterizedTest
  @CsvSource({
    "GET,/,401",
    "GET,/queues,401",
    "GET,/applications/a/b,401",
    "GET,/api/me,401",
    "GET,/api/applications,401",
    "GET,/api/changes/queues,401",
    "GET,/spark/a/b,401",
    "GET,/nothing,401",
    "GET,/page/page.js,200",
    "GET,/page/..%2f..%2frbac.yaml,404",
    "GET,/ui/x/a/b/,403",
    "POST,/ui/x/a/b/,405",
    "OPTIONS,/ui/x/a/b/,204",
    "POST,/api/applications,405",
    "DELETE,/api/applications,405",
    "PUT,/,405",
  })
  void strangersGetTheFormTheFilesOfThePageAndNothingElse(String method, String path, int status) {
    assertThat(ask(method, path, Map.of()).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "/,200",
    "/queues,200",
    "/applications/a/b,200",
    "/login,200",
    "/nothing,404",
    "/api/nothing,404",
    "/api/me,200",
    "/api/queues,403",
    "/api/applications/a/b,404",
    "/api/applications/a/b/c/d,404",
    "/api/changes,404",
    "/spark/a,404",
  })
  void whoIsKnownIsAnsweredByThePath(String path, int status) {
    assertThat(ask("GET", path, Map.of("Authorization", "Bearer good")).status()).isEqualTo(status);
    assertThat(ask("GET", path, Map.of("Cookie", "x=y; sparkapp-token=good")).status())
        .isEqualTo(status);
  }

  @Test
  void theNameOfWhoIsLoggedInComesFromTheApiServer() {
    Answer.Whole me = (Answer.Whole) ask("GET", "/api/me", Map.of("Authorization", "bearer good"));

    assertThat(new String(me.body(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"ada\"}");
  }

  @ParameterizedTest
  @CsvSource({"bad token", "good;x", "<script>", "ö"})
  void whatIsNoTokenIsNotEvenAskedFor(String token) {
    assertThat(ask("GET", "/api/me", Map.of("Authorization", "Bearer " + token)).status())
        .isEqualTo(401);
  }

  @Test
  void addressesOfADriverLeadBackThroughThePage() {
    URI driver = URI.create("http://10.0.0.7:4040");

    assertThat(SparkUi.location("http://10.0.0.7:4040/jobs/", driver, "/ui/t/a/b"))
        .isEqualTo("/ui/t/a/b/jobs/");
    assertThat(SparkUi.location("/ui/t/a/b/jobs/", driver, "/ui/t/a/b"))
        .isEqualTo("/ui/t/a/b/jobs/");
    for (String elsewhere : List.of("https://evil.example.com/", "//evil.example.com", "x")) {
      assertThat(SparkUi.location(elsewhere, driver, "/ui/t/a/b")).isEqualTo("/ui/t/a/b/");
    }
  }

  private Answer ask(String method, String path, Map<String, String> headers) {
    return router.answer(
        new Request(
            method,
            URI.create(path),
            false,
            name -> Optional.ofNullable(headers.get(name)),
            new ByteArrayInputStream(new byte[0])));
  }

  private static Router router() {
    ApiServerGate gate =
        new ApiServerGate() {
          @Override
          public Optional<Visitor> visitor(String token) {
            return token.equals("good") ? Optional.of(ADA) : Optional.empty();
          }

          @Override
          public boolean may(Visitor visitor, Right right) {
            return right.resource().equals("sparkapps");
          }
        };
    Applications nothing =
        new Applications() {
          @Override
          public Stream<SparkApp> all() {
            return Stream.empty();
          }

          @Override
          public Optional<Observed> observe(ApplicationKey application) {
            return Optional.empty();
          }

          @Override
          public List<ExecutorReport> executors(Observed observed) {
            return List.of();
          }

          @Override
          public Instant since() {
            return Instant.EPOCH;
          }

          @Override
          public long revision(Observed observed) {
            return 0;
          }

          @Override
          public List<SparkQueue> queues() {
            return List.of();
          }
        };
    WebSettings settings =
        new WebSettings(
            new InetSocketAddress(0), Optional.empty(), Optional.empty(), Optional.empty());
    Clock clock = Clock.systemUTC();
    return new Router(
        new Sessions(gate),
        new Api(nothing, gate, null, new QueueHistory(clock), settings, clock),
        gate,
        nothing,
        new Tickets(new byte[] {1}, clock));
  }
}
