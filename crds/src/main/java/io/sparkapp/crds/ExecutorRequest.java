package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.sparkapp.crds.ExecutorRequestSpec.Opening;
import java.util.Optional;

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
@ValidationRule(
    value =
        "has(self.spec.opening) == has(oldSelf.spec.opening)"
            + " && (!has(self.spec.opening) || self.spec.opening == oldSelf.spec.opening)",
    message = "spec.opening is what the operator answered first: it can not be changed")
public class ExecutorRequest extends CustomResource<ExecutorRequestSpec, ExecutorRequestStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** What the operator last answered: the status, and before there is one what it opened with. */
  public ExecutorRequestStatus answered() {
    if (getStatus() != null) {
      return getStatus();
    }
    return Optional.ofNullable(getSpec())
        .map(ExecutorRequestSpec::opening)
        .map(Opening::answer)
        .orElse(ExecutorRequestStatus.NONE);
  }
}
