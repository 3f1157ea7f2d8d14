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
 * One Spark application: what to run and how big ({@code spec}), and how it goes ({@code status}).
 *
 * <p>The short name is {@code sapp}: the other Spark operators all use {@code sparkapp} as theirs.
 */
@Group(SparkApp.GROUP)
@Version(SparkApp.VERSION)
@Kind("SparkApp")
@Plural("sparkapps")
@ShortNames("sapp")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(name = "Executors", jsonPath = ".status.executors.summary")
@AdditionalPrinterColumn(name = "Queue", jsonPath = ".spec.queue")
@AdditionalPrinterColumn(
    name = "Place",
    jsonPath = ".status.place",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", priority = 1)
@ValidationRule(
    value =
        "size(self.metadata.name) <= 52 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name names the application's pods: at most 52 lower case letters, digits and"
            + " dashes, starting with a letter")
@JsonClassDescription(
    "One Spark application: what to run and how big (spec), and how it goes (status).")
public class SparkApp extends CustomResource<SparkAppSpec, SparkAppStatus> implements Namespaced {

  public static final String GROUP = "sparkapp.io";
  public static final String VERSION = "v1alpha1";

  private static final long serialVersionUID = 1L;
}
