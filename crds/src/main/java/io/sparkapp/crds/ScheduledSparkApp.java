package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A SparkApp on a cron schedule: to it what a CronJob is to a Job. The SparkApp of a run is named
 * as a CronJob names its Jobs, by the schedule's name and the minutes since 1970 of the time that
 * the run was scheduled for; so nine characters of the 52 that a SparkApp may have are taken.
 */
@Group(SparkApp.GROUP)
@Version(SparkApp.VERSION)
@Kind("ScheduledSparkApp")
@Plural("scheduledsparkapps")
@ShortNames("ssapp")
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule")
@AdditionalPrinterColumn(name = "Time Zone", jsonPath = ".spec.timeZone")
@AdditionalPrinterColumn(
    name = "Suspend",
    jsonPath = ".spec.suspend",
    type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Active",
    jsonPath = ".status.active",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Last Run",
    jsonPath = ".status.lastScheduleTime",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Next Run", jsonPath = ".status.nextScheduleTime")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", priority = 1)
@ValidationRule(
    value =
        "size(self.metadata.name) <= 43 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name begins the names of the SparkApps: at most 43 lower case letters, digits and"
            + " dashes, starting with a letter")
@JsonClassDescription("A SparkApp on a cron schedule: to it what a CronJob is to a Job.")
public class ScheduledSparkApp
    extends CustomResource<ScheduledSparkAppSpec, ScheduledSparkAppStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;
}
