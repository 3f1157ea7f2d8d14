package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.sparkapp.crds.SparkApp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of an operator that stands by, on a real API server: what an operator that decides would
 * write, the test writes.
 */
class WebPageIT {

  private static final int MANY = 5_000;

  @TempDir static Path state;

  private static PageWorld world;
  private static JobNamespace ours;
  private static JobNamespace theirs;

  @BeforeAll
  static void start() throws Exception {
    world = PageWorld.start(state);
    ours = world.ours();
    theirs = JobNamespace.create(world.admin(), "theirs");
    world.namespacedReader("ours-reader", ours, "get", "list");
    world.clusterReader("everybody");
    world.account("nobody");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void withoutATokenThereIsTheFormAndNothingElse() throws Exception {
    PageVisitor stranger = new PageVisitor(world.port(), "");

    HttpResponse<String> page = stranger.get("/applications/ours/secret");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(page.body()).contains("name=\"token\"").doesNotContain("secret");
    for (String path : List.of("/api/applications", "/api/queues", "/api/changes/applications")) {
      HttpResponse<String> answer = stranger.get(path);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(PageVisitor.json(answer).path("error").asText())
          .isEqualTo("Log in with a token to see this.");
    }
    assertThat(new PageVisitor(world.port(), "not.a.token").get("/api/me").statusCode())
        .isEqualTo(401);
    assertThat(stranger.get("/page/page.js").statusCode()).isEqualTo(200);
  }

  @Test
  void everybodySeesTheNamespacesThatTheyMayList() throws Exception {
    ours.create("mine", 1);
    theirs.create("foreign", 1);
    PageVisitor reader = world.visitor("ours-reader");
    PageVisitor everybody = world.visitor("everybody");

    await().until(() -> names(everybody, "?size=200&namespace=theirs").contains("foreign"));
    await().until(() -> names(everybody, "?size=200&text=mine").contains("mine"));
    assertThat(names(reader, "?size=200&text=mine")).contains("mine");
    assertThat(names(reader, "?size=200&text=foreign")).isEmpty();
    assertThat(reader.json("/api/applications").path("namespaces").toString())
        .isEqualTo("[\"ours\"]");
    assertThat(reader.get("/api/applications/ours/mine").statusCode()).isEqualTo(200);
    // Whether there is one or not.
    for (String name : List.of("foreign", "nothing")) {
      HttpResponse<String> refused = reader.get("/api/applications/theirs/" + name);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(PageVisitor.json(refused).path("error").asText())
          .isEqualTo(
              "User system:serviceaccount:ours:ours-reader may not get SparkApps in namespace"
                  + " theirs.");
    }
    assertThat(reader.get("/api/queues").statusCode()).isEqualTo(403);
    assertThat(everybody.get("/api/queues").statusCode()).isEqualTo(200);
    assertThat(everybody.get("/api/applications/ours/nothing").statusCode()).isEqualTo(404);
    assertThat(world.visitor("nobody").get("/api/applications").statusCode()).isEqualTo(403);
  }

  @Test
  void whatUsersNameIsTextAndNothingElseIsRun() throws Exception {
    String script = "<script>alert(1)</script>";
    theirs.createWith("script", "  user: \"" + script + "\"\n");
    world.status(theirs, "script", Map.of("phase", "Failed", "message", script));
    PageVisitor everybody = world.visitor("everybody");
    await().until(() -> names(everybody, "?phase=Failed").contains("script"));

    HttpResponse<String> answer = everybody.get("/api/applications/theirs/script");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(PageVisitor.json(answer).at("/summary/message").asText()).isEqualTo(script);
    for (String path : List.of("/", "/queues", "/api/me", "/page/page.js", "/nothing")) {
      HttpResponse<String> any = everybody.get(path);
      assertThat(any.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe");
      assertThat(any.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(everybody.get("/").body()).doesNotContain("<style", " style=", " onclick");
    HttpResponse<String> form =
        everybody.post("/login", "token=%3Cscript%3E", Map.of("Sec-Fetch-Site", "same-origin"));
    assertThat(form.statusCode()).isEqualTo(401);
    assertThat(form.body()).doesNotContain("<script>alert").doesNotContain("token=<script>");
  }

  @Test
  void theFormKeepsATokenWhereNoScriptGetsAtItAndTakesItFromOurPagesOnly() throws Exception {
    PageVisitor stranger = new PageVisitor(world.port(), "");
    String form = "token=" + world.token("everybody") + "&next=%2Fqueues";

    HttpResponse<String> in =
        stranger.post("/login", form, Map.of("Sec-Fetch-Site", "same-origin"));
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/queues");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).endsWith("; Path=/; HttpOnly; SameSite=Strict");
    String sent = cookie.substring(0, cookie.indexOf(';'));
    assertThat(stranger.get("/api/me", Map.of("Cookie", "a=b; " + sent)).statusCode())
        .isEqualTo(200);

    assertThat(
            stranger
                .post(
                    "/login",
                    form.replace("%2Fqueues", "%2F%2Fevil.example.com"),
                    Map.of("Sec-Fetch-Site", "same-origin", "X-Forwarded-Proto", "https"))
                .headers())
        .satisfies(
            headers -> {
              assertThat(headers.firstValue("Location")).contains("/");
              assertThat(headers.firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
            });
    for (Map<String, String> foreign :
        List.of(
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Origin", "https://evil.example.com"),
            Map.of("Origin", "null"))) {
      assertThat(stranger.post("/login", form, foreign).statusCode()).isEqualTo(403);
      assertThat(stranger.post("/logout", "", foreign).statusCode()).isEqualTo(403);
    }
    assertThat(stranger.post("/login", "token=wrong", Map.of()).statusCode()).isEqualTo(401);
    assertThat(stranger.post("/api/applications", "", Map.of("Cookie", sent)).statusCode())
        .isEqualTo(405);
  }

  @Test
  void whatIsAskedForWronglyIsToldByItsName() throws Exception {
    PageVisitor everybody = world.visitor("everybody");

    HttpResponse<String> wrong = everybody.get("/api/applications?sort=luck");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(PageVisitor.json(wrong).path("error").asText())
        .startsWith("sort can not be luck; it is one of name, namespace, phase,");
    assertThat(everybody.get("/api/applications?size=100000").statusCode()).isEqualTo(400);
    assertThat(everybody.get("/api/applications?phase=Happy").statusCode()).isEqualTo(400);
    assertThat(everybody.get("/api/luck").statusCode()).isEqualTo(404);
  }

  @Test
  void fiveThousandApplicationsComePageByPageAndWhatChangesIsToldWithinTwoSeconds()
      throws Exception {
    JobNamespace many = JobNamespace.create(world.admin(), "many");
    PageWorld.inParallel(MANY, i -> many.create("app-%04d".formatted(i), 1));
    PageVisitor everybody = world.visitor("everybody");
    await().until(() -> page(everybody, "?namespace=many").path("matching").asInt() == MANY);

    assertThat(Fastest.of(time -> page(everybody, "?namespace=many&sort=name")))
        .isLessThan(Duration.ofSeconds(1));
    JsonNode first = page(everybody, "?namespace=many&sort=name");
    assertThat(first.path("rows")).hasSize(50);
    assertThat(first.at("/rows/0/name").asText()).isEqualTo("app-0000");
    assertThat(first.path("pages").asInt()).isEqualTo(MANY / 50);
    assertThat(page(everybody, "?namespace=many&sort=name&page=99").at("/rows/49/name").asText())
        .isEqualTo("app-4999");
    assertThat(names(everybody, "?namespace=many&sort=name&descending=true&size=2"))
        .containsExactly("app-4999", "app-4998");
    assertThat(page(everybody, "?namespace=many&text=APP-12").path("matching").asInt())
        .isEqualTo(100);

    HttpResponse<java.io.InputStream> stream = everybody.open("/api/changes/applications");
    assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      nextEvent(events);
      Duration took =
          Fastest.of(
              time -> {
                String app = "app-000" + time;
                world.status(many, app, Map.of("phase", "Running", "message", "stage 1 of 2"));
                // Others may have changed before it.
                await()
                    .pollDelay(Duration.ZERO)
                    .until(
                        () ->
                            !nextEvent(events).isEmpty()
                                && names(everybody, "?namespace=many&phase=Running").contains(app));
              });
      assertThat(took).isLessThan(Duration.ofSeconds(2));
      assertThat(names(everybody, "?namespace=many&phase=Running"))
          .containsExactlyInAnyOrder("app-0000", "app-0001", "app-0002");
    }
  }

  @Test
  void eventsAndLogsAreReadWithTheVisitorsOwnRightsAndNotWithTheOperators() throws Exception {
    ours.create("told", 1);
    SparkApp app = ours.app("told");
    world
        .admin()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("told.1")
                .withNamespace("ours")
                .endMetadata()
                .withType("Normal")
                .withReason("Admitted")
                .withMessage("It fits.")
                .withNewInvolvedObject()
                .withKind("SparkApp")
                .withName("told")
                .withNamespace("ours")
                .withUid(app.getMetadata().getUid())
                .endInvolvedObject()
                .build())
        .create();
    world.namespacedReader("eventful", ours, "get", "list");
    world.bind("eventful", ours, PageWorld.rule("", List.of("events"), "list"));
    await()
        .until(
            () -> world.visitor("eventful").get("/api/applications/ours/told").statusCode() == 200);

    // Each right is in force a moment after it was written.
    JsonNode events =
        await()
            .until(
                () -> world.visitor("eventful").json("/api/applications/ours/told/events"),
                told -> !told.isEmpty());
    assertThat(events.at("/0/reason").asText()).isEqualTo("Admitted");
    HttpResponse<String> refused =
        world.visitor("ours-reader").get("/api/applications/ours/told/events");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(PageVisitor.json(refused).path("error").asText())
        .contains("\"system:serviceaccount:ours:ours-reader\" cannot list resource \"events\"");
    HttpResponse<String> log =
        world.visitor("eventful").get("/api/applications/ours/told/log?pod=told-1-driver");
    assertThat(log.statusCode()).isEqualTo(403);
    assertThat(log.body()).contains("pods/log");
    assertThat(
            world
                .visitor("eventful")
                .get("/api/applications/ours/told/log?pod=other-1-driver")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void sparksOwnPageIsHandedOnWithoutAnythingThatIsTheVisitors() throws Exception {
    String html = "<html><head><title>Spark</title></head></html>";
    try (DriverPage driver = DriverPage.serving(html)) {
      ours.createWith(
          "seen",
          "  sparkConf: {spark.eventLog.enabled: \"true\", spark.ui.port: \""
              + driver.port()
              + "\"}\n");
      ours.create("other", 1);
      ours.createDriver("seen");
      ours.runs("seen-1-driver", "driver", "127.0.0.1");
      world.status(
          ours,
          "seen",
          Map.of("phase", "Running", "message", "x", "attempt", 1, "applicationId", "seen-1"));
      PageVisitor reader = world.visitor("ours-reader");
      await()
          .until(
              () -> reader.get("/api/applications/ours/seen").body().contains("\"sparkUi\":true"));
      assertThat(reader.json("/api/applications/ours/seen").path("historyUrl").asText())
          .isEqualTo("https://history.example.com/history/seen-1/");

      assertThat(reader.get("/spark/ours/seen").statusCode()).isEqualTo(403);
      world.namespacedReader("reacher", ours, "get", "list");
      world.bind("reacher", ours, PageWorld.rule("", List.of("pods/proxy"), "get"));
      await().until(() -> world.visitor("reacher").get("/spark/ours/seen").statusCode() == 303);
      String inside =
          world
              .visitor("reacher")
              .get("/spark/ours/seen")
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(inside).matches("/ui/[A-Za-z0-9_-]+/ours/seen/jobs/");

      PageVisitor ticketed = new PageVisitor(world.port(), "");
      HttpResponse<String> page =
          ticketed.get(inside + "?id=1", Map.of("Cookie", "sparkapp-token=secret"));
      String base = inside.substring(0, inside.length() - "/jobs/".length());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .isEqualTo(
              "<html><head><script src=\""
                  + base
                  + "/sparkapp-storage.js\"></script><title>Spark</title></head></html>");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("sandbox ")
          .doesNotContain("allow-same-origin");
      assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(driver.heard().poll())
          .containsEntry("X-forwarded-context", List.of(base))
          .doesNotContainKeys("Cookie", "Authorization");
      assertThat(ticketed.get(base + "/moves").headers().firstValue("Location"))
          .contains(base + "/jobs/");
      driver.heard().clear();
      for (String ends : List.of("/jobs/job/kill/?id=1", "/jobs/job/%6bill/", "/stages/kill;x=1")) {
        assertThat(ticketed.get(base + ends).statusCode()).isEqualTo(405);
      }
      assertThat(ticketed.post(base + "/jobs/", "", Map.of()).statusCode()).isEqualTo(405);
      assertThat(ticketed.get(base.replace("seen", "other") + "/").statusCode()).isEqualTo(403);
      assertThat(ticketed.get("/ui/AAAA/ours/seen/").statusCode()).isEqualTo(403);
      assertThat(driver.heard()).isEmpty();
    }
  }

  private static String nextEvent(BufferedReader events) {
    try {
      String line = events.readLine();
      while (line != null && !line.startsWith("data: ")) {
        line = events.readLine();
      }
      return line == null ? "" : line.substring("data: ".length());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode page(PageVisitor visitor, String query) throws Exception {
    return visitor.json("/api/applications" + query);
  }

  private static List<String> names(PageVisitor visitor, String query) throws Exception {
    List<String> names = new ArrayList<>();
    page(visitor, query).path("rows").forEach(row -> names.add(row.path("name").asText()));
    return names;
  }
}
