package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What YARN's {@code allocate} call is: the driver of one attempt writes {@code spec} (what it
 * wants), the operator writes {@code status} (what was granted, which executors ended and why). The
 * object has the name of the attempt's application id.
 */
@Group(SparkApp.GROUP)
@Version(SparkApp.VERSION)
@Kind("ExecutorRequest")
@Plural("executorrequests")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@JsonClassDescription(
    "What YARN's allocate call is: the driver of one attempt writes spec, the operator writes status. Nobody else has to write one.")
public class ExecutorRequest extends CustomResource<ExecutorRequestSpec, ExecutorRequestStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;
}
