package io.sparkapp.e2e.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkapp.e2e.Flights;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples in real containers, in namespaces that enforce Pod Security "restricted". */
@OnK3s
class ExamplesE2E {

  private static final String TEXTS = "/opt/sparkapp/examples/texts/";
  private static final List<String> CARRIERS = List.of("AA", "BA", "LH", "UA");
  private static final int FLIGHTS = 200_000;
  private static final int LONGEST_DELAY = 60;

  @BeforeEach
  void install(Cluster cluster) {
    cluster.chart().ensureInstalled();
  }

  @Test
  void piIsComputed(Applications applications) {
    Application pi = applications.applyExample("pi.yaml");

    assertThat(pi.awaitSuccess().driver().exitCode()).isZero();

    assertThat(pi.driverLog()).containsPattern("(?m)^Pi is roughly 3\\.1[34]");
    assertThat(pi.events()).anyMatch(event -> event.startsWith("Succeeded: "));
  }

  @Test
  void theWordsOfTheImagesTextsAreCounted(Applications applications) {
    Application words = applications.applyExample("wordcount.yaml");

    words.awaitSuccess();

    Map<String, Long> counted = wordsOfTheImage();
    List<Long> highest =
        counted.values().stream().sorted(Comparator.reverseOrder()).limit(10).toList();
    String log = words.driverLog();
    assertThat(log)
        .contains("total words: " + counted.values().stream().mapToLong(n -> n).sum())
        .contains("different words: " + counted.size());
    Map<String, Long> printed =
        log.lines()
            .filter(line -> line.matches("[a-z]+: \\d+"))
            .map(line -> line.split(": "))
            .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
    assertThat(printed.values()).containsExactlyInAnyOrderElementsOf(highest);
    assertThat(counted).containsAllEntriesOf(printed);
  }

  @Test
  void sqlAggregatesTheParquetThatItWrote(Applications applications) {
    Application sql = applications.applyExample("sql-volume.yaml");

    sql.awaitSuccess();
    assertThat(sql.driverLog().lines().filter(line -> line.matches("[A-Z]{2}: .*")))
        .containsExactlyElementsOf(delaysByCarrier());
  }

  @Test
  void aSqlScriptPrintsItsRowsInAContainerThatCanNotBeWritten(Applications applications) {
    Application script = applications.applyExample("sql-script.yaml");

    script.awaitSuccess();
    assertThat(script.driverLog().lines().filter(line -> line.matches("(AA|DL|UA)\\t.*")))
        .hasSize(3);
  }

  @Test
  void whatPodSecurityForbidsIsSaidInTheStatus(Applications applications) {
    Application sql = applications.applyExample("sql.yaml");

    assertThat(sql.awaitMessage("PodSecurity").message()).contains("hostPath");
  }

  @Test
  void pythonAggregates(Applications applications) {
    assumeTrue(ProductImages.havePython(), "the images were built on a runtime without Python");
    Application app = applications.applyExample("python.yaml");

    app.awaitSuccess();

    assertThat(app.driverLog().lines()).containsSubsequence(Flights.aggregated(300_000));
  }

  @Test
  void executorsComeAndGoWithTheWork(Applications applications) {
    Application app = applications.applyExample("dynamic-allocation.yaml");

    app.awaitSuccess();

    assertThat(app.driverLog())
        .containsPattern("first wave: 40 with [34] executors")
        .contains("at rest: 1 executors")
        .contains("computed again: 0");
  }

  @Test
  void whatFailedIsTriedAgain(Applications applications) {
    Application app = applications.applyExample("restart.yaml");

    assertThat(app.awaitSuccess().attempt()).isEqualTo(2);
    assertThat(app.driverLog()).contains("attempt 2 counts 1000");
  }

  @Test
  void aScheduleStartsAnApplicationWithinTheMinute(Applications applications) {
    Application run = applications.firstRunOf("scheduled.yaml");

    run.awaitSuccess();

    assertThat(run.driverLog()).contains("Pi is roughly 3.1");
  }

  @Test
  void aClassThatIsNotThereIsNamed(Applications applications) {
    Application broken = applications.applyExample("broken-class.yaml");

    assertThat(broken.awaitFailure().driver().exitCode()).isEqualTo(13);

    assertThat(broken.status().message()).contains("io.sparkapp.examples.Nowhere");
  }

  /** The same count without Spark. */
  private static Map<String, Long> wordsOfTheImage() {
    return new ImageArchive(ProductImages.archive("driver"))
        .texts(path -> path.startsWith(TEXTS)).values().stream()
            .flatMap(text -> Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+")))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
  }

  /** The same aggregation without Spark. */
  private static List<String> delaysByCarrier() {
    return LongStream.range(0, CARRIERS.size())
        .mapToObj(
            carrier -> {
              long[] delays =
                  LongStream.range(0, FLIGHTS)
                      .filter(flight -> flight % CARRIERS.size() == carrier)
                      .map(flight -> flight % LONGEST_DELAY)
                      .toArray();
              return CARRIERS.get((int) carrier)
                  + ": "
                  + delays.length
                  + " flights, "
                  + LongStream.of(delays).sum()
                  + " minutes late";
            })
        .toList();
  }
}
