package io.sparkapp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkapp.crds.Phase;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.crds.SparkAppStatus;
import io.sparkapp.e2e.LocalInstallation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Real applications that share a local cluster by queues. */
@Isolated("it measures how soon a queue has its guarantee back")
class QueueSharingIT {

  private static final Duration ALL_OF_THEM = Duration.ofMinutes(8);

  /** What the issue of queues promises, from asking for a guarantee to having it. */
  private static final Duration GUARANTEE_IS_BACK = Duration.ofSeconds(15);

  private static final int APPLICATIONS = 10;
  private static final int FIT = 3;

  /** Of a tenth of a core each, in nine tenths. */
  private static final int DRIVERS_FIT = 9;

  private static final String NARROW =
      """
      apiVersion: sparkapp.io/v1alpha1
      kind: SparkQueue
      metadata: {name: %s}
      spec: %s
      """;

  @TempDir Path scratch;

  @RegisterExtension static final OwnLocalCluster local = new OwnLocalCluster();

  @Test
  void tenApplicationsWhereThreeFitRunThreeAtATimeAndAllSucceed() throws Exception {
    apply("ten.yaml", NARROW.formatted("narrow", "{max: {cpu: 900m}}") + tenPis("ten", "narrow"));
    List<String> names = IntStream.range(0, APPLICATIONS).mapToObj(each -> "ten-" + each).toList();
    int[] most = {0};
    int[] looksWithMore = {0};

    await()
        .atMost(ALL_OF_THEM)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              List<SparkAppStatus> all = statusesAtOnce("ten-");
              int running = (int) all.stream().filter(QueueSharingIT::holdsItsGang).count();
              // One may write that it wants no more a moment after another that it has started.
              looksWithMore[0] = running > FIT ? looksWithMore[0] + 1 : 0;
              assertThat(looksWithMore[0]).as("looks with %d", running).isLessThan(3);
              most[0] = Math.max(most[0], Math.min(running, FIT));
              return all.size() == APPLICATIONS
                  && all.stream()
                      .allMatch(each -> each.phase() != null && each.phase().isTerminal());
            });

    assertThat(most[0]).as("the queue was used").isEqualTo(FIT);
    assertThat(names).allMatch(name -> local.status(name).phase() == Phase.Succeeded);
    assertThat(
            local.client().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> "Admitted".equals(event.getReason()))
                .filter(event -> event.getInvolvedObject().getName().startsWith("ten-")))
        .as("events of those that waited")
        .hasSizeBetween(APPLICATIONS - FIT, APPLICATIONS);
  }

  /** What the gang is for: as on YARN, each driver waits for executors that the others hold. */
  @Test
  void theSameTenWithoutGangsWaitForEachOtherForEver() throws Exception {
    String admitted = "{max: {cpu: 900m}, admission: Driver, ordering: Fair, state: %s}";
    apply(
        "drivers.yaml",
        NARROW.formatted("drivers", admitted.formatted("Draining")) + tenPis("stuck", "drivers"));
    List<String> names =
        IntStream.range(0, APPLICATIONS).mapToObj(each -> "stuck-" + each).toList();
    await()
        .atMost(OwnLocalCluster.SOON)
        .until(() -> names.stream().allMatch(name -> local.status(name).phase() == Phase.Waiting));

    apply("open.yaml", NARROW.formatted("drivers", admitted.formatted("Open")));

    await()
        .atMost(OwnLocalCluster.SOON.multipliedBy(2))
        .until(
            () ->
                names.stream().filter(name -> local.status(name).phase() == Phase.Running).count()
                    == DRIVERS_FIT);
    assertThat(names.stream().map(local::status))
        .allMatch(status -> status.executors() == null || status.executors().granted() == 0);
    assertThat(local.said("explain", "stuck-0"))
        .contains("queue drivers has 0 cores of its 0.9 cores left");

    assertThat(names.stream().map(name -> local.status(name).phase()))
        .as("nobody got on")
        .doesNotContain(Phase.Succeeded, Phase.Failed);
    Result deleted =
        local.installation().kubectl("delete", "-f", scratch.resolve("drivers.yaml").toString());
    assertThat(deleted.exitCode()).as(deleted.all()).isZero();
  }

  @Test
  void aQueueGetsItsGuaranteeBackWithoutAnyTaskThatFails() throws Exception {
    List<String> documents =
        Arrays.asList(
            Files.readString(local.installation().example("queues.yaml")).split("\n---\n"));
    apply("queues.yaml", String.join("\n---\n", documents.subList(0, 4)));
    local.awaitStatus(
        "backfill",
        status ->
            "4/4".equals(OwnLocalCluster.executors(status))
                && status.progress() != null
                && OwnLocalCluster.hasDoneTasks(status));

    assertThat(local.said("queues"))
        .contains("`- teams", "+- analytics", "`- nightly", "900m of 1 cpu", "root");

    long asked = System.nanoTime();
    apply("dashboard.yaml", documents.get(4));
    local.awaitStatus("dashboard", QueueSharingIT::holdsItsQueue);
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    System.out.println("from asking to the guarantee: " + took.toMillis() + " ms");

    assertThat(took).isLessThan(GUARANTEE_IS_BACK);
    assertThat(local.status("dashboard").executors().granted()).isEqualTo(3);
    local.awaitStatus("dashboard", status -> status.phase() == Phase.Succeeded);
    local.awaitStatus(
        "backfill",
        status -> "4/4".equals(OwnLocalCluster.executors(status)) || status.phase().isTerminal());
    local.awaitStatus("backfill", status -> status.phase().isTerminal());
    SparkAppStatus end = local.status("backfill");
    assertThat(end.phase()).as(end.message()).isEqualTo(Phase.Succeeded);
    assertThat(end.executors().failed()).isZero();
    assertThat(end.progress().tasks().failed()).isZero();
    assertThat(local.said("logs", "backfill")).contains("count: 120");
    assertThat(local.said("logs", "dashboard")).contains("Pi is roughly 3.1");
    assertThat(local.said("explain", "backfill")).startsWith("backfill succeeded.");
    assertThat(
            local.client().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> "backfill".equals(event.getInvolvedObject().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage()))
        .anyMatch(event -> event.startsWith("ExecutorsReclaimed: Queue nightly takes"));
  }

  @Test
  void aQueueThatDrainsLetsAnApplicationWaitUntilItIsMovedOrTheQueueIsOpen() throws Exception {
    assertThat(local.said("queue", "drain", "default")).contains("Queue default drains");
    apply(
        "patient.yaml",
        Files.readString(local.installation().example("pi.yaml"))
                .replace("name: pi", "name: patient")
            + "---\napiVersion: sparkapp.io/v1alpha1\nkind: SparkQueue\nmetadata: {name: aside}\nspec: {}\n");
    local.awaitStatus("patient", status -> status.phase() == Phase.Waiting);
    assertThat(local.said("explain", "patient"))
        .contains("patient waits in queue default", "Queue default is draining");
    assertThat(local.said("list")).contains("patient", "Waiting", "default");

    Result nowhere = local.installation().sparkapp("move", "patient", "nowhere");
    assertThat(nowhere.exitCode()).isEqualTo(3);
    assertThat(nowhere.err()).startsWith("There is no queue nowhere");

    assertThat(local.said("move", "patient", "aside")).startsWith("patient is in queue aside.");
    local.awaitStatus("patient", status -> status.phase() == Phase.Succeeded);
    assertThat(local.said("queue", "open", "default")).contains("Queue default is open");
    assertThat(local.said("queues", "aside")).contains("aside");
  }

  /** Ten applications of a driver and two executors, each a tenth of a core. */
  private static String tenPis(String name, String queue) {
    return IntStream.range(0, APPLICATIONS)
        .mapToObj(
            number ->
                """
                ---
                apiVersion: sparkapp.io/v1alpha1
                kind: SparkApp
                metadata: {name: %s-%d}
                spec:
                  queue: %s
                  main:
                    jar: local:///opt/sparkapp/examples/sparkapp-examples.jar
                    class: io.sparkapp.examples.Pi
                    args: ["2"]
                  driver: {cpuRequest: 100m}
                  executor: {instances: 2, cpuRequest: 100m, memory: 512m}
                """
                    .formatted(name, number, queue))
        .collect(Collectors.joining());
  }

  private void apply(String name, String yaml) throws Exception {
    local.apply(Files.writeString(scratch.resolve(name), yaml));
  }

  /** From its admission to its end. */
  private static boolean holdsItsQueue(SparkAppStatus status) {
    return status.phase() == Phase.Starting || status.phase() == Phase.Running;
  }

  /** A driver that comes to its end asks for nothing any more, and its executors go. */
  private static boolean holdsItsGang(SparkAppStatus status) {
    return holdsItsQueue(status) && (status.executors() == null || status.executors().asked() > 0);
  }

  /** Of all whose names begin so, as they were at one moment. */
  private static List<SparkAppStatus> statusesAtOnce(String prefix) {
    return local
        .client()
        .resources(SparkApp.class)
        .inNamespace("default")
        .list()
        .getItems()
        .stream()
        .filter(app -> app.getMetadata().getName().startsWith(prefix))
        .map(app -> app.getStatus() == null ? SparkAppStatus.NONE : app.getStatus())
        .toList();
  }
}
