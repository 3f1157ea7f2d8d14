package io.sparkapp.operator.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * How the operator's client reads objects: without what no decision looks at. It is most of a pod,
 * above all who wrote which field, and to make Java objects of it takes most of the time in which
 * caches fill. What is written is written whole.
 */
public final class LeanReading {

  private LeanReading() {}

  /** For the builder of a client. */
  public static KubernetesSerialization serialization() {
    ObjectMapper mapper =
        new ObjectMapper()
            .addMixIn(ObjectMeta.class, Metadata.class)
            .addMixIn(PodSpec.class, Pods.class)
            .addMixIn(Container.class, Containers.class);
    return new KubernetesSerialization(mapper, true);
  }

  @JsonIgnoreProperties(value = "managedFields", allowGetters = true)
  private interface Metadata {}

  @JsonIgnoreProperties(
      value = {"volumes", "tolerations"},
      allowGetters = true)
  private interface Pods {}

  @JsonIgnoreProperties(
      value = {"command", "args", "env", "volumeMounts"},
      allowGetters = true)
  private interface Containers {}
}
