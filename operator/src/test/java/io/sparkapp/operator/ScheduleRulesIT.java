package io.sparkapp.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.crds.ConcurrencyPolicy;
import io.sparkapp.crds.ScheduledSparkApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server says of schedules when they are applied; no operator has a hand in it. */
class ScheduleRulesIT {

  private static final String MAIN = "main: {jar: \"local:///opt/app.jar\", class: com.acme.Main}";
  private static final String TEMPLATE = "template: {" + MAIN + "}";

  @TempDir static Path state;

  private static ApiServer server;

  @BeforeAll
  static void startApiServer() throws Exception {
    server = ApiServer.start(state);
  }

  @AfterAll
  static void stopApiServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "30 2 * * 1-5",
        "0,30 6-18/2 1,15 JAN-JUN MON-FRI",
        "*/15 * * * *",
        "5/20 * * * *",
        "00 09 01 02 *",
        "0 0 ? * ?",
        "0 0 * * 7",
        "0 0 * * 5-7",
        "0 0 * * fri-sun",
        "0 0 * * SUN-TUE",
        " 0  0 * * * ",
        "0 0 29 2 *",
        "0 0 30 2,3 *",
        "0 0 30 2 MON",
        "0 0 31 4/1 *",
        "0 0 31 * *",
        "59 23 31 12 6",
        "@hourly",
        "@daily",
        "@midnight",
        "@weekly",
        "@monthly",
        "@yearly",
        "@annually"
      })
  void aScheduleAsUnixCronAndKubernetesWriteItIsTaken(String schedule) {
    assertThatCode(() -> apply("schedule: \"" + schedule + "\"\n  " + TEMPLATE))
        .doesNotThrowAnyException();
  }

  @Test
  void aBadScheduleIsRefusedWithASentenceThatNamesTheField() {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("every morning", "spec.schedule has five fields"),
            Map.entry("0 0 * *", "spec.schedule has five fields"),
            Map.entry("0 0 0 * * *", "spec.schedule has five fields"),
            Map.entry("@every 1h", "spec.schedule has five fields"),
            Map.entry("@reboot", "is one of @hourly, @daily"),
            Map.entry("TZ=Europe/Berlin 0 0 * * *", "the time zone goes into spec.timeZone"),
            Map.entry("60 0 * * *", "the minute, field 1 of spec.schedule, is 0 to 59"),
            Map.entry("*/0 0 * * *", "the minute, field 1 of spec.schedule, is 0 to 59"),
            Map.entry("0 24 * * *", "the hour, field 2 of spec.schedule, is 0 to 23"),
            Map.entry("0 0 32 * *", "the day of the month, field 3 of spec.schedule, is 1 to 31"),
            Map.entry("0 0 L * *", "the day of the month, field 3 of spec.schedule, is 1 to 31"),
            Map.entry("0 0 * 13 *", "the month, field 4 of spec.schedule, is 1 to 12"),
            Map.entry("0 0 * JANUARY *", "the month, field 4 of spec.schedule, is 1 to 12"),
            Map.entry("0 0 * * 8", "the day of the week, field 5 of spec.schedule, is 0 to 7"),
            Map.entry("0 0 * * MON#2", "the day of the week, field 5 of spec.schedule, is 0 to 7"),
            Map.entry("0 17-9 * * *", "a range in spec.schedule goes from the lower to the higher"),
            Map.entry("0 0 * * FRI-MON", "a range as 1-5 or MON-FRI"),
            Map.entry("0 0 * DEC-FEB *", "a range as 1-6 or JAN-JUN"),
            Map.entry("0 0 30 2 *", "spec.schedule never fires"),
            Map.entry("0 0 30,31 feb ?", "spec.schedule never fires"),
            Map.entry("0 0 30-31 2 *", "spec.schedule never fires"),
            Map.entry("0 0 31 4,6,9,11 *", "spec.schedule never fires"),
            Map.entry("0 0 31 JUN,SEP *", "spec.schedule never fires"));
    bad.forEach(
        (schedule, sentence) ->
            assertThatThrownBy(() -> apply("schedule: \"" + schedule + "\"\n  " + TEMPLATE))
                .as(schedule)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.schedule")
                .hasMessageContaining(sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "Etc/UTC", "UTC", "America/Argentina/Ushuaia", "EST"})
  void aTimeZoneOfTheIanaDatabaseIsTaken(String zone) {
    assertThatCode(() -> apply("schedule: \"@daily\"\n  timeZone: " + zone + "\n  " + TEMPLATE))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "Local", "UTC+2", "'+02:00'", "../UTC", "''"})
  void anotherTimeZoneIsRefused(String zone) {
    assertThatThrownBy(() -> apply("schedule: \"@daily\"\n  timeZone: " + zone + "\n  " + TEMPLATE))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.timeZone");
  }

  @Test
  void otherFieldsThatAreWrongAreNamed() {
    Map.of(
            "concurrencyPolicy: Queue", "spec.concurrencyPolicy",
            "startingDeadline: soon", "a time is written as 90s, 10m, 1h30m or 7d",
            "startingDeadline: 0s", "spec.startingDeadline is longer than nothing",
            "successfulHistoryLimit: -1", "spec.successfulHistoryLimit",
            "failedHistoryLimit: many", "spec.failedHistoryLimit",
            "nonsense: 1", "spec.nonsense")
        .forEach(
            (line, sentence) ->
                assertThatThrownBy(
                        () -> apply("schedule: \"@daily\"\n  " + line + "\n  " + TEMPLATE))
                    .as(line)
                    .hasMessageContaining(sentence));
    assertThatThrownBy(() -> apply(TEMPLATE)).hasMessageContaining("spec.schedule");
    assertThatThrownBy(() -> apply("schedule: \"@daily\"")).hasMessageContaining("spec.template");
  }

  @Test
  void aTemplateThatWouldBeRefusedAsAnApplicationIsRefusedAtOnce() {
    Map.of(
            "{}",
            "spec.main is what the driver's pod runs",
            "{placement: Client}",
            "spec.template.placement can only be Cluster",
            "{main: {}}",
            "spec.main takes exactly one of",
            "{" + MAIN + ", nonsense: 1}",
            "spec.template.nonsense",
            "{" + MAIN + ", executor: {memory: lots}}",
            "spec.template.executor.memory",
            "{" + MAIN + ", executor: {min: 3, max: 2}}",
            "spec.executor.min can not be more than",
            "{" + MAIN + ", sparkConf: {spark.master: local}}",
            "the operator sets spark.master",
            "{" + MAIN + ", timeToLive: soon}",
            "spec.template.timeToLive",
            "{" + MAIN + ", kill: x}",
            "spec.template.kill would end each run before it starts")
        .forEach(
            (template, sentence) ->
                assertThatThrownBy(() -> apply("schedule: \"@daily\"\n  template: " + template))
                    .as(template)
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(sentence));
  }

  @Test
  void aNameLeavesRoomForThoseOfTheRuns() {
    assertThatCode(() -> named("a".repeat(43))).doesNotThrowAnyException();
    for (String name : List.of("a".repeat(44), "1st", "a.b")) {
      assertThatThrownBy(() -> named(name))
          .hasMessageContaining("at most 43 lower case letters, digits and dashes");
    }
  }

  @Test
  void whatIsLeftOutHasItsDefaultAndAllMayBeChangedLater() {
    apply("schedule: \"@daily\"\n  " + TEMPLATE, "changing", false);
    var resource =
        server
            .admin()
            .resources(ScheduledSparkApp.class)
            .inNamespace("default")
            .withName("changing");
    ScheduledSparkApp schedule = resource.get();
    assertThat(schedule.getSpec().timeZone()).isEqualTo("Etc/UTC");
    assertThat(schedule.getSpec().concurrencyPolicy()).isEqualTo(ConcurrencyPolicy.Allow);
    assertThat(schedule.getSpec().successfulHistoryLimit()).isEqualTo(3);
    assertThat(schedule.getSpec().failedHistoryLimit()).isEqualTo(1);
    assertThat(schedule.getSpec().template().queue()).isEqualTo("default");

    for (String change :
        List.of(
            "{\"schedule\":\"@hourly\"}",
            "{\"timeZone\":\"Asia/Tokyo\"}",
            "{\"template\":{\"main\":{\"class\":\"com.acme.Other\"}}}",
            "{\"template\":{\"image\":\"other\",\"executor\":{\"instances\":7}}}",
            "{\"template\":{\"sparkConf\":{\"spark.ui.enabled\":\"false\"}}}")) {
      assertThatCode(
              () ->
                  resource.patch(
                      PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + change + "}"))
          .as(change)
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(
            () ->
                resource.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"spec\":{\"schedule\":\"0 0 30 2 *\"}}"))
        .hasMessageContaining("spec.schedule never fires");
  }

  @Test
  void theScheduleOfTheInstallationCheckIsTaken() {
    assertThatCode(
            () ->
                server
                    .admin()
                    .resource(InstallationCheck.schedule("default"))
                    .dryRun(true)
                    .create())
        .doesNotThrowAnyException();
  }

  private static void named(String name) {
    apply("schedule: \"@daily\"\n  " + TEMPLATE, name, true);
  }

  private static void apply(String spec) {
    apply(spec, "nightly", true);
  }

  private static void apply(String spec, String name, boolean dryRun) {
    String yaml =
        """
        apiVersion: sparkapp.io/v1alpha1
        kind: ScheduledSparkApp
        metadata: {name: "%s", namespace: default}
        spec:
          %s
        """
            .formatted(name, spec);
    server
        .admin()
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
        .dryRun(dryRun)
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .create();
  }
}
