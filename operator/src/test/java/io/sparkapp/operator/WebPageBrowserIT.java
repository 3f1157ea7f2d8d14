package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, with five thousand applications. */
class WebPageBrowserIT {

  private static final int MANY = 5_000;
  private static final List<Map<String, Object>> STANDINGS =
      List.of(
          Map.of("phase", "Waiting", "message", "Needs 4 cores, queue etl has 2 free.", "place", 3),
          Map.of(
              "phase",
              "Running",
              "message",
              "Stage 2 of 3: 41 of 80 tasks, about 1 min left.",
              "progress",
              Map.of("percent", 62),
              "executors",
              Map.of("asked", 4, "granted", 4, "running", 4, "summary", "4/4")),
          Map.of(
              "phase",
              "Succeeded",
              "message",
              "Succeeded after 3 min 12 s.",
              "progress",
              Map.of("percent", 100)),
          Map.of(
              "phase",
              "Failed",
              "message",
              "The driver was OOMKilled at its limit of 2Gi; raise driver.memory."));

  /** What the tab of a driver could try. */
  private static final String FOREIGN_PAGE =
      """
      <!doctype html><html><head><title>Spark</title></head><body><h1>Spark Jobs</h1><script>
      (async () => {
        const tried = [];
        localStorage.setItem('folded', 'yes');
        tried.push('storage ' + localStorage.getItem('folded'));
        try { tried.push('cookie ' + (document.cookie || 'none')); } catch (e) { tried.push('cookie none'); }
        try { const me = await fetch('/api/me', {credentials: 'include'}); tried.push('me ' + me.status); } catch (e) { tried.push('me refused'); }
        const base = location.pathname.split('/').slice(0, 5).join('/');
        const own = await fetch(base + '/own', {headers: {'X-Requested-With': 'XMLHttpRequest'}});
        tried.push('own ' + own.status);
        document.title = tried.join(', ');
      })();
      </script></body></html>
      """;

  @TempDir static Path state;

  private static PageWorld world;
  private static SyntheticQueues queues;
  private static Browser browser;
  private static ReadablePage page;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    world = PageWorld.start(state);
    browser = Browser.open(world.port());
    page = new ReadablePage(browser);
    world.clusterReader("ada");
    world.bind("ada", world.ours(), PageWorld.rule("", List.of("pods/proxy"), "get"));
    world.bind("ada", world.ours(), PageWorld.rule("", List.of("events"), "list"));
    token = world.token("ada");
    JobNamespace jobs = JobNamespace.create(world.admin(), "jobs");
    PageWorld.inParallel(
        MANY,
        i -> {
          String name = "nightly-%04d".formatted(i);
          jobs.create(name, 1);
          if (i % 20 == 0 || i >= MANY - 100) {
            world.status(jobs, name, STANDINGS.get((i / 20 + i) % STANDINGS.size()));
          }
        });
    queues = new SyntheticQueues(world.admin());
    queues.create();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    world.close();
  }

  @BeforeEach
  void enter() {
    browser.prefers("light");
    browser.login(token);
    until(() -> browser.all("table.list tbody tr").size() == 50);
    browser.complaints();
  }

  @AfterEach
  void nothingWasRefusedOrBroke() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theFirstPageOfFiveThousandIsThereWithinASecond() throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      browser.go("/");
      until(() -> browser.all("table.list tbody tr").size() == 50);
      best = Math.min(best, ((Number) browser.script(FIRST_ROW)).longValue());
    }
    System.out.println("The first page of " + MANY + " applications took " + best + " ms.");

    assertThat(Duration.ofMillis(best)).isLessThan(Duration.ofSeconds(1));
    assertThat(browser.text(".summary")).contains("5,0");
    assertThat(browser.text(".pages")).contains("Page 1 of 10");
    browser.go("/?namespace=jobs&text=nightly&sort=name&descending=true");
    until(() -> browser.text("tbody tr th").equals("nightly-4999"));
    browser.screenshot("applications-light");
    browser.prefers("dark");
    browser.screenshot("applications-dark");
  }

  /** When the browser first had something of the list to paint. */
  private static final String FIRST_ROW =
      "return Math.round(performance.getEntriesByName('rows')[0].startTime)";

  @Test
  void whatChangesIsSeenWithinTwoSecondsWithoutAReload() throws Exception {
    browser.go("/?text=nightly-0021");
    until(() -> browser.texts("tbody tr .phase").equals(List.of("New")));
    browser.script("window.same = true");
    JobNamespace jobs = new JobNamespace(world.admin(), "jobs");

    Duration took =
        Fastest.of(
            time -> {
              Map<String, Object> standing = STANDINGS.get(1 + time);
              world.status(jobs, "nightly-0021", standing);
              until(
                  () ->
                      browser.texts("tbody tr .phase").equals(List.of("" + standing.get("phase"))));
            });

    System.out.println("A change was seen after " + took.toMillis() + " ms.");
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(browser.script("return window.same")).isEqualTo(true);
  }

  @Test
  void aLinkWithATokenFillsTheFormInAndLeavesNoneInTheAddress() {
    browser.logout();
    browser.go("/login#" + token);
    until(() -> browser.script("return document.getElementById('token').value").equals(token));
    assertThat(browser.path()).isEqualTo("/login");
    assertThat(browser.shows("table.list")).as("only the visitor presses the button").isFalse();

    browser.press(Keys.ENTER);
    until(() -> browser.all("table.list tbody tr").size() == 50);
    assertThat(browser.path()).isEqualTo("/");

    browser.go("/login#another-one");
    until(() -> browser.shows("table.list"));
    assertThat(browser.path()).as("who is logged in needs none").isEqualTo("/");
  }

  @Test
  void whatUsersNameIsTextInTheBrowserToo() {
    String evil = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>";
    world
        .ours()
        .createWith("evil", "  user: \"" + evil + "\"\n  sparkConf: {x: \"" + evil + "\"}\n");
    world.status(world.ours(), "evil", Map.of("phase", "Failed", "message", evil));

    browser.go("/?namespace=ours&text=evil");
    until(() -> browser.texts("tbody tr td.wide").equals(List.of(evil)));
    browser.go("/applications/ours/evil");
    until(() -> browser.text(".headline").equals(evil));

    assertThat(browser.shows("main script, main img")).isFalse();
    assertThat(browser.script("return window.pwned === undefined")).isEqualTo(true);
  }

  @Test
  void allOfItCanBeReachedByKeyboardAndHasAName() {
    browser.go("/?text=nightly-0100");
    until(() -> browser.texts("tbody tr th").equals(List.of("nightly-0100")));
    browser.tab(1);
    assertThat(browser.focused()).isEqualTo("Skip to the content");
    browser.press(Keys.ENTER);
    browser.tab(1);
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("text");
    // Past the choices of phase, namespace and queue and the table's own stop.
    browser.tab(5);
    assertThat(browser.focused()).startsWith("Name");
    browser.press(Keys.ENTER);
    until(() -> browser.path().contains("sort=name"));
    until(() -> browser.text("[aria-sort=ascending]").startsWith("Name"));
    assertThat(page.nameless()).isEqualTo(List.of());
    browser.tab(8);
    assertThat(browser.focused()).isEqualTo("nightly-0100");
    browser.press(Keys.ENTER);
    until(() -> browser.text("h1").equals("nightly-0100"));

    assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
    assertThat(browser.path()).isEqualTo("/applications/jobs/nightly-0100");
    until(() -> browser.shows(".facts"));
    assertThat(page.nameless()).isEqualTo(List.of());
  }

  @Test
  void bothColourSchemesCanBeRead() {
    until(() -> browser.shows(".phase"));
    assertThat(page.contrast()).isGreaterThan(7);
    browser.prefers("dark");
    until(() -> !page.background().equals("rgb(255, 255, 255)"));
    assertThat(page.contrast()).isGreaterThan(7);
  }

  @Test
  void oneApplicationShowsItsStagesExecutorsAndAttemptsAndGoesOnLive() throws Exception {
    SyntheticApplication flights = new SyntheticApplication(world, world.ours(), "flights");
    flights.runs("4040");
    browser.go("/applications/ours/flights");
    until(() -> browser.all("svg.graph a.stage").size() == SyntheticApplication.STAGES);

    assertThat(browser.all("svg.graph .edges path")).hasSize(17);
    until(() -> browser.all(".timeline .executor").size() == 6);
    assertThat(browser.texts(".timeline .executor title"))
        .anySatisfy(it -> assertThat(it).contains("Executor 3 was OOMKilled"))
        .anySatisfy(it -> assertThat(it).contains("can not be pulled"));
    assertThat(browser.texts(".reasons li"))
        .contains("Its driver asks for 8 executors, 6 are granted.");
    assertThat(browser.text("#section-attempts + div tbody")).contains("raise driver.memory");
    until(() -> browser.text("#stage-7 .percent").equals("37 of 80"));
    browser.screenshot("application-light");
    browser.script("document.querySelector('svg.graph').scrollIntoView({block: 'center'})");
    browser.screenshot("stages-light");
    browser.prefers("dark");
    browser.screenshot("stages-dark");
    browser.prefers("light");
    browser.script("document.querySelector('svg.timeline').scrollIntoView({block: 'center'})");
    browser.screenshot("executors-light");

    Duration took =
        Fastest.of(
            time -> {
              flights.goesOn(55 + time);
              until(() -> browser.text("#stage-7 .percent").equals((55 + time) + " of 80"));
            });
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void whatWasGoneBeforeTheOperatorLookedIsToldAsFarAsItWasWrittenDown() throws Exception {
    SyntheticApplication earlier = new SyntheticApplication(world, world.ours(), "earlier");
    earlier.runs("4040", 3);
    earlier.lost(1, "Executor 1 was OOMKilled at its limit of 2Gi; raise executor.memoryOverhead.");

    browser.go("/applications/ours/earlier");
    until(() -> browser.all(".timeline .executor").size() == 5);

    assertThat(browser.texts(".timeline .executor title"))
        .first()
        .asString()
        .isEqualTo(
            "Executor 1: ended. Executor 1 was OOMKilled at its limit of 2Gi; raise"
                + " executor.memoryOverhead.");
    assertThat(browser.text(".unseen-executors"))
        .startsWith("This operator has looked since ")
        .endsWith(
            "2 executors of this attempt had gone by then. Of 1 Kubernetes' events tell how it"
                + " ended; of 1 nothing is known any more.");
    assertThat(browser.texts(".timeline .attempt title"))
        .contains("Attempt 1: failed after 4 min")
        .anySatisfy(it -> assertThat(it).startsWith("Attempt 2: running for 9 min"));
  }

  @Test
  void oneThatHasEndedSaysWhatWouldHaveDone() throws Exception {
    SyntheticApplication large = new SyntheticApplication(world, world.ours(), "large");
    large.runs("4040");
    browser.go("/applications/ours/large");
    until(() -> browser.shows(".facts"));
    assertThat(browser.one("#section-right-size").isDisplayed()).isFalse();

    large.endedWithUsage();
    until(() -> browser.one("#section-right-size").isDisplayed());

    assertThat(browser.texts("#section-right-size + div tbody td.message"))
        .containsExactly(
            "An executor used at most 1310Mi of 4096Mi heap. memory: 1792Mi would do.");
    assertThat(browser.texts("#section-right-size + div .better")).containsExactly("Heap: 1792Mi");
    assertThat(browser.text("#section-right-size + div tbody"))
        .contains("Heap: 4096Mi", "1500m CPU while tasks ran");
    browser.script(
        "document.querySelector('#section-right-size').scrollIntoView({block: 'center'})");
    browser.screenshot("right-size-light");
  }

  @Test
  void queuesShowWhatTheyHoldAndHowThatWasLately() throws Exception {
    browser.go("/queues");
    until(() -> browser.texts("tbody th").equals(List.of("root", "analytics", "adhoc", "etl")));

    assertThat(browser.texts(".uses title"))
        .contains("cpu: 24 used, 16 guaranteed, at most 32, 8 asked for beyond that");
    Duration took =
        Fastest.of(
            time -> {
              String share = (12 - time) + "%";
              queues.stands("etl", "16", "4", "8", share, 2, 5);
              until(
                  () ->
                      browser
                          .texts("tbody tr:nth-child(4) td:nth-child(2)")
                          .equals(List.of(share)));
            });
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(browser.all("svg.sparkline")).hasSize(4);
    assertThat(browser.texts("main > p.quiet"))
        .anySatisfy(it -> assertThat(it).startsWith("Lately: as far as this operator has seen it"));
    browser.screenshot("queues-light");
    browser.prefers("dark");
    browser.screenshot("queues-dark");
  }

  @Test
  void aPageThatADriverMakesIsKeptApart() throws Exception {
    try (DriverPage driver = DriverPage.serving(FOREIGN_PAGE)) {
      new SyntheticApplication(world, world.ours(), "foreign")
          .runs(Integer.toString(driver.port()));
      browser.go("/applications/ours/foreign");
      until(
          () -> {
            // Where it was found there may be a newer one already: the page is live.
            browser.one(".links a").click();
            return true;
          });
      until(
          () -> {
            // The tab opens a moment after the click, and its page comes a moment after that.
            browser.toNewestTab();
            return browser.title().contains("own ");
          });
      String tried = browser.title();
      browser.closeTab();

      assertThat(tried).isEqualTo("storage yes, cookie none, me refused, own 200");
      // It complained of what it was refused.
      assertThat(browser.complaints()).isNotNull();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) {
    await().pollInterval(Duration.ofMillis(50)).until(condition::holds);
  }
}
