package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A queue that admits SparkApps and shares executors out, as a queue of YARN's CapacityScheduler.
 * Queues form a tree under {@value #ROOT}, which stands for the cluster; applications are in its
 * leaves. The queues {@value #ROOT} and {@value #DEFAULT} are there without being created.
 */
@Group(SparkApp.GROUP)
@Version(SparkApp.VERSION)
@Kind("SparkQueue")
@Plural("sparkqueues")
@ShortNames("squeue")
@AdditionalPrinterColumn(name = "Parent", jsonPath = ".spec.parent")
@AdditionalPrinterColumn(name = "State", jsonPath = ".spec.state")
@AdditionalPrinterColumn(name = "CPU", jsonPath = ".status.summary.cpu")
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".status.summary.memory")
@AdditionalPrinterColumn(name = "Share", jsonPath = ".status.share")
@AdditionalPrinterColumn(
    name = "Running",
    jsonPath = ".status.running",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Waiting",
    jsonPath = ".status.waiting",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", priority = 1)
@ValidationRule(
    value = "self.metadata.name != 'root' || !has(self.spec.parent)",
    message = "the queue root stands for the cluster: it has no parent")
@ValidationRule(
    value = "!has(self.spec.parent) || self.spec.parent != self.metadata.name",
    message = "a queue can not be its own parent")
@JsonClassDescription(
    "A queue that admits SparkApps and shares executors out, as a queue of YARN's CapacityScheduler. Queues form a tree under root; applications are in its leaves.")
public class SparkQueue extends CustomResource<SparkQueueSpec, SparkQueueStatus> {

  /** The queue that all others are under. */
  public static final String ROOT = "root";

  /** The queue of applications that name none. */
  public static final String DEFAULT = "default";

  private static final long serialVersionUID = 1L;
}
