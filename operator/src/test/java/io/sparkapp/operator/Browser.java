package io.sparkapp.operator;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium, without a screen. */
final class Browser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;
  private final String address;

  private Browser(ChromeDriver driver, String address) {
    this.driver = driver;
    this.address = address;
  }

  /** Where there is none the test is skipped, but not where tests must not be skipped. */
  static Browser open(int port) {
    Optional<Path> chromium = onPath("chromium", "google-chrome");
    Optional<Path> chromedriver = onPath("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      String sentence = "There is no chromium with its chromedriver on the PATH.";
      if ("true".equals(System.getenv("CI"))) {
        fail(sentence);
      }
      abort(sentence);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless=new",
        // Where tests run as root its own sandbox can not be set up.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--lang=en",
        "--window-size=1280,900");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
    return new Browser(driver, "http://127.0.0.1:" + port);
  }

  private static Optional<Path> onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void go(String path) {
    driver.get(address + path);
  }

  /** Anew, whoever was logged in before. */
  void login(String token) {
    go("/");
    driver.manage().deleteAllCookies();
    go("/");
    one("#token").sendKeys(token);
    one("form button").click();
  }

  /** Forgets who was logged in. */
  void logout() {
    driver.manage().deleteAllCookies();
  }

  WebElement one(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  boolean shows(String css) {
    return !all(css).isEmpty();
  }

  /** Texts of all elements, read at once. */
  @SuppressWarnings("unchecked")
  List<String> texts(String css) {
    return (List<String>)
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)",
            css);
  }

  String text(String css) {
    return texts(css).stream().findFirst().orElse("");
  }

  Object script(String javascript, Object... arguments) {
    return driver.executeScript(javascript, arguments);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void tab(int times) {
    for (int i = 0; i < times; i++) {
      press(Keys.TAB);
    }
  }

  String focused() {
    return driver.switchTo().activeElement().getText();
  }

  String title() {
    return driver.getTitle();
  }

  String path() {
    return driver.getCurrentUrl().substring(address.length());
  }

  /** {@code light} or {@code dark}. */
  void prefers(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** To the tab that was opened last. */
  void toNewestTab() {
    List<String> tabs = List.copyOf(driver.getWindowHandles());
    driver.switchTo().window(tabs.get(tabs.size() - 1));
  }

  void closeTab() {
    driver.close();
    toNewestTab();
  }

  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Errors of scripts, and what the Content-Security-Policy has refused. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        // The answer without a token is a 401, which the browser tells.
        .filter(message -> !message.contains("401"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
